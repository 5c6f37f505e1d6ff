// The outbox: what have I written that the office does not yet have?

import { button, h, linkTo, notice, say, tell, weekday, word } from "./dom.js";
import { readBack } from "./form.js";
import { when } from "./lists.js";
import { anew, counts, letGo, mayThrowAway, newest, picturesToSend, settled, takenBack, writtenAnew } from "./outbox.js";
import { uuid7 } from "./ids.js";

const WORDS = {
  draft: ["gap", "草稿", "Draft"],
  waiting: ["open", "等待发送", "Waiting"],
  sending: ["open", "发送中", "Sending"],
  delivered: ["done", "已送达", "Delivered"],
  returned: ["fault", "被退回", "Returned"],
  conflict: ["gap", "有冲突", "Two accounts"],
};

export function stateWord(item) {
  const [shape, zh, en] = WORDS[item.state];
  if (item.state === "delivered" && item.receipt) return word(shape, say(`${zh} · 回执 ${item.receipt.short ?? ""}`, `${en} · receipt ${item.receipt.short ?? ""}`));
  return word(shape, say(zh, en));
}

// What counts in its place by now, and in a word what that did; null where it counts itself.
function later(app, item) {
  const last = newest(item, [...app.device.items.values()]);
  if (last === item) return null;
  const there = Boolean(last.receipt);
  const said = last.content.kind === "void"
    ? there ? say("已作废", "Withdrawn") : say("作废待发", "Withdrawal to be sent")
    : there ? say("已更正", "Corrected") : say("更正待发", "Correction to be sent");
  return { last, said: word(there ? "done" : "open", said) };
}

export const nameOf = (app, item) => {
  const person = app.device.rows.get(item.content.file)?.name;
  return person ?? (item.content.file === app.device.fetched?.unitFile ? say("本单位", "Our unit") : say("（不在名单）", "(not listed)"));
};

export const kindOf = (app, item) => {
  const form = app.device.forms.get(item.content.kind);
  return say(form?.label ?? item.label ?? { zh: item.content.kind, en: item.content.kind });
};

// What the office has done meanwhile to entries of these files, by their ids, as far as the last load tells.
async function doneThere(app, items) {
  const done = new Map();
  for (const file of new Set(items.map((item) => item.content.file))) {
    for (const one of (await app.device.store.get("people", file))?.recent ?? []) {
      if (one.state === "corrected" || one.state === "withdrawn") done.set(one.id, one.state);
    }
  }
  return done;
}

// The entry at the office that an item is about: itself, or what it is to correct or withdraw once it goes.
const meant = (item) => (item.receipt ? item.id : item.content.corrects);

// One line of the outbox; what it opens depends on its state. `done` is what the office did to entries.
export function itemRow(app, item, done = new Map()) {
  const where = item.state === "draft" ? `#/draft/${item.id}` : `#/sent/${item.id}`;
  const pictures = picturesToSend(item).length;
  const after = later(app, item);
  const there = after ? undefined : done.get(meant(item));
  return h("li", { class: "row", "data-state": item.state }, h("div", { class: "row-main" },
    h("a", { href: where }, `${kindOf(app, item)} ${nameOf(app, item)}`),
    h("span", { class: "meta sub" }, stateWord(item), after ? [" · ", after.said] : "",
      there ? [" · ", word("gap", item.receipt ? (there === "withdrawn" ? say("单位已作废", "Withdrawn at the office") : say("单位已更正", "Corrected at the office"))
        : (there === "withdrawn" ? say("原记录单位已作废", "What it corrects was withdrawn at the office") : say("原记录单位已更正", "What it corrects was corrected at the office")))] : "",
      item.content.happened_on ? ` ${weekday(item.content.happened_on)}` : "",
      pictures ? say(` · 照片待传 ${pictures}`, ` · ${pictures} photo(s) to send`) : "",
      item.state === "returned" ? `：${say(item.said ?? {})}` : "")));
}

const ENDED = {
  done: () => say("已全部发出", "All sent"),
  unknown: () => say("没有联系上单位。写下的都在本机，有网时自动再发。", "The office could not be reached. All is kept here and goes out when there is a network."),
  sign_in: () => say("登录已过期。请重新登录，写下的都在本机。", "The sign-in has expired. Sign in again; all is kept here."),
  unavailable: () => say("单位的系统暂时不能用，稍后自动再发。", "The office's system is not available just now; it goes out later."),
  too_often: () => say("发得太勤，稍后自动再发。", "Sent too often; it goes out later."),
};

export const endedWord = (ended) => (ENDED[ended] ?? ENDED.unknown)();

export async function outboxPage(app) {
  const { device, sync } = app;
  const items = [...device.items.values()].sort((a, b) => b.madeAt - a.madeAt);
  const replaced = writtenAnew(items);
  const open = items.filter((item) => (!item.receipt || item.state === "conflict" || picturesToSend(item).length) && !replaced.has(item.id));
  const today = items.filter((item) => item.state === "delivered" && item.heardAt && !picturesToSend(item).length);
  const latest = today.slice(0, 50);
  const done = await doneThere(app, [...open, ...latest]);
  const n = counts(items);
  const offset = Math.round(device.net.offset / 60_000);
  const send = async () => {
    const told = await app.exchange();
    if (device.unlocked) tell(told.ended === "done" ? say(`已全部送达，${when(device.net.now(), device.today)}`, `All delivered, ${when(device.net.now(), device.today)}`) : endedWord(told.ended));
  };
  return {
    title: say(`待发 ${device.unsent}`, `Unsent ${device.unsent}`),
    body: [
      h("p", { class: "meta" }, device.fetched ? say(`最近一次联系单位 ${when(device.fetched.at, device.today)}`, `Last contact ${when(device.fetched.at, device.today)}`) : say("还没有联系过单位", "No contact with the office yet"),
        navigator.onLine ? "" : say(" · 无网络，可继续登记", " · No network; you can go on recording")),
      sync.last.ended && sync.last.ended !== "done" ? notice("gap", h("p", {}, endedWord(sync.last.ended)), sync.last.ended === "sign_in" ? app.signInLink() : "") : "",
      Math.abs(offset) >= 10 ? notice("gap", h("p", {}, say(`本机时间与单位相差 ${Math.abs(offset)} 分钟，记录按单位的时间算。`, `This phone's clock is ${Math.abs(offset)} minutes off; entries go by the office's.`))) : "",
      h("p", { class: "actions" }, h("button", { type: "button", class: "button primary", onclick: send, disabled: sync.running }, sync.running ? say("正在发送…", "Sending…") : say("现在发送", "Send now")),
        h("span", { class: "meta" }, say("有网时自动发送", "Sent by itself when there is a network"))),
      open.length ? h("ul", { class: "rows", "data-open": "" }, open.map((item) => itemRow(app, item, done)))
        : h("p", { class: "empty" }, say("全部已送达。", "All delivered.")),
      today.length ? h("section", { class: "section" }, h("h2", {}, say(`已送达 ${n.delivered}`, `${n.delivered} delivered`)),
        h("ul", { class: "rows", "data-delivered": "" }, latest.map((item) => itemRow(app, item, done)))) : "",
    ],
  };
}

// One that is no draft any more: what was written, what became of it, and what its writer can do.
export async function sentPage(app, id) {
  const { device } = app;
  const item = device.items.get(id);
  if (!item) return { title: say("待发", "Unsent"), body: [h("p", {}, say("本机已没有这一条。", "It is no longer on this device.")), linkTo("#/unsent", say("回到待发", "Back"))] };
  const form = device.forms.get(item.content.kind);
  const again = async () => {
    const there = [...device.items.values()].find((one) => one.instead === item.id);  // on the way back in the browser
    if (there) return app.go(`#/${there.state === "draft" ? "draft" : "sent"}/${there.id}`);
    const made = anew(item, uuid7(device.net.now()), device.net.now(), [...device.items.values()]);
    await device.keep([made]);
    return app.go(`#/draft/${made.id}`);
  };
  const drop = async () => {
    await device.keep([], { forget: letGo(item, [...device.items.values()]) });
    tell(say("已删除", "Removed"));
    app.go("#/unsent");
  };
  const stand = async () => {
    await device.keep([settled(item)]);
    app.go("#/unsent");
  };
  const back = async () => {
    await device.keep([takenBack(item)]);
    app.go(`#/draft/${item.id}`);
  };
  const person = meant(item) ? await device.store.get("people", item.content.file) : undefined;
  const after = later(app, item);
  const atOffice = after ? null : changedThere(item, person);
  const items = [...device.items.values()];
  const refused = items.find((one) => one.state === "returned" && one.content.corrects === item.id && !writtenAnew(items).has(one.id));
  const acts = [];
  if (item.state === "waiting" && !item.tries) acts.push(button(say("改一改", "Change it"), back));
  if (item.state === "returned") acts.push(button(say("改好再发", "Mend and send"), again, "primary"));
  if (item.state === "conflict" && item.receipt && !after && !atOffice && !refused) {
    acts.push(linkTo(`#/correct/${item.id}`, say("更正我的", "Correct mine"), "button primary"), linkTo(`#/withdraw/${item.id}`, say("作废我的", "Withdraw mine")),
      button(say("我的没有错", "Mine is right"), stand));
  }
  if (item.state === "conflict" && !item.receipt) acts.push(button(say("另记一条", "Record it anew"), again, "primary"));
  if (item.state === "delivered" && !after && !atOffice && !refused) {
    acts.push(item.content.kind === "void" ? linkTo(`#/withdraw/${item.id}`, say("不作废了，恢复原记录", "Take it back: the entry counts again"))
      : linkTo(`#/correct/${item.id}`, say("更正", "Correct")));
  }
  if (mayThrowAway(item)) acts.push(button(say("不发了，删除", "Remove it"), drop, "grave"));
  return {
    title: `${kindOf(app, item)} ${nameOf(app, item)}`,
    body: [
      h("p", {}, stateWord(item), item.heardAt ? ` ${when(item.heardAt, device.today)}` : ""),
      after ? notice("info", h("p", {}, after.said, " ", linkTo(`#/sent/${after.last.id}`, after.last.content.kind === "void" ? say("看作废记录", "See the withdrawal") : say("看最新的一条", "See the newest version"), ""))) : "",
      atOffice,
      refused ? notice("fault", h("p", {}, say("它的更正或作废被退回：", "Its correction or withdrawal came back: "), linkTo(`#/sent/${refused.id}`, say("去看", "see it"), ""))) : "",
      item.state === "returned" ? notice("fault", h("p", {}, say(item.said ?? {})), (item.faults ?? []).map((one) => h("p", {}, say(one.said)))) : "",
      item.state === "conflict" ? conflict(item, person) : "",
      readBack(form, item.content),
      pictures(item),
      h("p", { class: "actions" }, acts),
    ],
  };
}

// That the office has corrected or withdrawn it meanwhile, or what it is to correct, and what counts now, as far as
// the last load tells.
function changedThere(item, person) {
  const recent = person?.recent ?? [];
  const state = recent.find((one) => one.id === meant(item))?.state;
  if (state !== "corrected" && state !== "withdrawn") return null;
  const now = recent.find((one) => one.corrects === meant(item) && one.state === "counts");
  const gone = item.receipt ? say("这一条已在单位作废。", "It was withdrawn at the office.") : say("要更正的那一条已在单位作废。", "What it is to correct was withdrawn at the office.");
  const changed = item.receipt ? say("这一条已在单位更正，以更正后的为准。", "It was corrected at the office; the correction counts.")
    : say("要更正的那一条已在单位更正，请先看更正后的。", "What it is to correct was corrected at the office: look at that correction first.");
  return notice("info",
    h("p", {}, state === "withdrawn" ? gone : changed),
    now ? h("p", {}, `${now.by ?? ""} ${now.on ?? ""}：${say(now.said)}`) : "");
}

// The colleague's accounts as the office has them now: those of the last load, or else those of the receipt.
function beside(item, person) {
  const found = (person?.sides ?? []).filter(({ one, other }) => item.id === one.id || item.id === other.id).map(({ one, other, differs }) => {
    const [mine, theirs] = item.id === one.id ? ["one", "other"] : ["other", "one"];
    return { ...(mine === "one" ? other : one), differs: differs.map((part) => ({ label: part.label, mine: part[mine], theirs: part[theirs] })) };
  });
  return found.length ? found : item.beside ?? [];
}

function conflict(item, person) {
  if (!item.receipt) return notice("gap", h("p", {}, say(item.said ?? {})), item.there ? h("p", {}, say(item.there.said ?? {})) : "");
  return beside(item, person).map((one) => notice("gap",
    h("p", {}, say("两条都已在档案里，说法不同。请核对后更正其中一条。", "Both are in the file and say different things. Look, and correct one of them.")),
    one.said ? h("p", {}, `${one.by ?? ""} ${one.office ?? ""} ${one.on ?? ""}：${say(one.said)}`) : "",
    (one.differs ?? []).map((part) => h("p", {}, `${say(part.label)}：${say("我", "mine")} ${shown(part.mine)} · ${say("对方", "theirs")} ${shown(part.theirs)}`))));
}

const shown = (value) => (value && typeof value === "object" ? say(value) : String(value ?? "—"));

function pictures(item) {
  if (!item.pictures.length) return "";
  const state = (one) => (one.arrived === "refused" ? say("没有收下", "refused") : one.arrived ? say("已送达", "delivered") : say("待传", "to send"));
  return h("ul", { class: "plain" }, item.pictures.map((one) => h("li", {},
    `${one.what === "signature" ? say("签名", "Signature") : say("照片", "Photo")} ${Math.ceil(one.bytes / 1024)} KB · ${state(one)}`, one.said ? `：${say(one.said)}` : "")));
}

