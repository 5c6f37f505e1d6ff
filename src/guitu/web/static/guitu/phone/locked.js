// Before anything is shown: making the PIN and binding the device the first time, and the PIN every time after.

import { Closed } from "./device.js";
import { h, notice, say } from "./dom.js";
import { APP, Net } from "./net.js";
import { MOST_TRIES, weak, WrongPin } from "./vault.js";

const SIGN_IN = "/sign-in/?next=%2Fphone%2F";

// To the sign-in page; whoever is signed in there is signed out first, or it would only lead back here.
async function again(event) {
  event.preventDefault();
  const session = await Net.session();
  if (session?.account) {
    await fetch("/sign-out/", { method: "POST", headers: { "X-CSRFToken": session.token }, redirect: "manual" });
  }
  location.assign(SIGN_IN);
}

export const signInLink = () =>
  h("a", { href: SIGN_IN, class: "button primary", onclick: again }, say("登录", "Sign in"));

// Where an account's phones are ended.
export const accountLink = () =>
  h("p", { class: "actions" }, h("a", { href: "/account/#phones", class: "button" }, say("打开我的账号", "Open the page of your account")));

const pinBox = (id, label, auto) => h("div", { class: "field" }, h("label", { class: "label", for: id }, label),
  h("input", { id, type: "password", inputmode: "numeric", autocomplete: auto, maxlength: 12, class: "pin" }));

const WEAK = {
  short: () => say("PIN 为 6 到 12 位数字", "The PIN has 6 to 12 digits"),
  simple: () => say("不要用相同或连续的数字", "Not all the same digits, nor counted up or down"),
};

function complaint(form, text, more = "") {
  form.querySelector(".error-summary")?.remove();
  const said = h("div", { class: "error-summary", tabindex: "-1", role: "alert" }, h("p", {}, text), more);
  form.prepend(said);
  said.focus();
}

// Bind this device to the account that is signed in; `owner` is whose it is already.
export async function bind(device, name, session) {
  const body = { name, app: APP };
  if (device.bound) body.device = device.bound.device;
  const told = await device.net.call("/sync/devices/", { body, session: session.token });
  if (told.failed || !told.token) return told.failed ? told : { failed: "unknown" };
  await device.store.openPut({ owner: told.account });
  await device.bind({ name, device: told.device, token: told.token, expires: told.expires, renew_from: told.renew_from, account: told.account, office: told.office });
  return told;
}

export async function setupPage(app) {
  const { device } = app;
  const session = await Net.session();
  const title = say("在这部手机上使用归途", "Use Guitu on this phone");
  const wiped = device.wiped ? wipedNotice(device.wiped) : "";
  if (!session) return { title, body: [wiped, h("p", {}, say("第一次使用需要网络。请连上网后再打开。", "The first time needs a network. Open it again once there is one.")), app.retry()] };
  if (!session.account) {
    return { title, body: [wiped, h("p", {}, say("请先用自己的账号登录，再回到这里。", "Sign in with your own account first, then come back here.")), h("p", { class: "actions" }, signInLink())] };
  }
  const name = h("input", { id: "device-name", type: "text", maxlength: 60, autocomplete: "off", value: say(`${session.name}的手机`, `Phone of ${session.name}`) });
  const first = pinBox("pin", say("设一个 PIN（6 至 12 位数字）", "Choose a PIN (6 to 12 digits)"), "new-password");
  const second = pinBox("pin-again", say("再输一遍", "Once more"), "new-password");
  const press = h("button", { type: "submit", class: "button primary" }, say("开始使用", "Begin"));
  const submit = async (event) => {
    event.preventDefault();
    const [pin, again] = [first, second].map((box) => box.querySelector("input").value);
    if (weak(pin)) return complaint(event.target, WEAK[weak(pin)]());
    if (pin !== again) return complaint(event.target, say("两次输入不一样", "The two are not the same"));
    press.disabled = true;
    await navigator.storage?.persist?.();
    await device.setPin(pin);
    const told = await bind(device, name.value.trim() || "—", await Net.session() ?? session);
    if (told.failed) {
      await device.wipe("failed", { all: true });
      await device.seenWiped();
      press.disabled = false;
      return complaint(event.target, told.said ? say(told.said) : say("没有联系上单位，请再试。", "The office could not be reached: try again."),
        told.failed === "too_many" ? accountLink() : "");
    }
    app.go("#/");
    return app.begin();
  };
  return {
    title,
    body: [
      wiped,
      h("p", {}, say(`登录账号：${session.name}（${session.account}）`, `Signed in as ${session.name} (${session.account})`)),
      h("p", { class: "hint" }, say("名单和写下的都加密存在本机，只有 PIN 能打开。PIN 不会发给单位：忘了，名单可以重取，还没发出的就打不开了。", "Lists and what you write are kept encrypted on this phone; only the PIN opens them. Nobody else has it: if you forget it, lists can be fetched anew, but what is unsent stays shut.")),
      h("form", { class: "form", novalidate: true, onsubmit: submit },
        h("div", { class: "field" }, h("label", { class: "label", for: "device-name" }, say("这部手机叫什么", "A name for this phone")), name),
        first, second, h("p", { class: "actions" }, press)),
    ],
  };
}

function wipedNotice({ why }) {
  const words = {
    tries: () => say("PIN 输错次数太多，名单已从本机清除。写下而未发的仍加密保存，要本人登录后再用 PIN 打开。", "Too many wrong PINs: the lists were erased. What is unsent stays encrypted; sign in online, then open it with the PIN."),
    order: () => say("单位下令清除，名单已从本机清除。", "The office ordered it: the lists were erased from this phone."),
    closed: () => say("账号已停用或岗位已变，名单已从本机清除。未发的仍加密保存。", "The account was closed or the post has changed: the lists were erased. What is unsent stays encrypted."),
    age: () => say("太久没有联系单位，名单已从本机清除。写下的都在，联网后重新取名单。", "Too long without contact: the lists were erased. All that was written is here; lists come again with a network."),
  };
  return words[why] ? notice("gap", h("p", {}, words[why]())) : "";
}

// Without the PIN nothing here can be read any more; its owner may begin anew, having signed in.
async function forgotten(app, owner) {
  const { device } = app;
  const written = (await device.store.keys("outbox")).length;
  const anew = async (event) => {
    const session = await Net.session();
    if (!session?.account || (owner && session.account !== owner)) {
      event.target.after(" ", say("请本人先登录。", "Its owner has to sign in first."), " ", signInLink());
      event.target.remove();
      return;
    }
    const id = await device.store.openGet("device");
    if (id) {  // it keeps no place among the account's phones
      await fetch("/account/phones/", { method: "POST", headers: { "X-CSRFToken": session.token }, redirect: "manual", body: new URLSearchParams({ id, what: "ended" }) }).catch(() => {});
    }
    await device.wipe("forgotten", { all: true });
    await device.seenWiped();
    app.draw();
  };
  return h("details", {}, h("summary", {}, say("忘了 PIN", "Forgotten the PIN")),
    h("p", {}, say("没有 PIN，本机的内容打不开。可以清空本机重新开始，名单会重新取回。", "Without the PIN nothing here opens. The phone can be emptied to begin anew; lists are fetched again.")),
    written ? h("p", {}, say(`本机有写下的记录（含已送达的）${written} 条，清空后，没有送达的就没有了。`, `${written} entries written here are on it, delivered ones included; those not delivered would be gone.`)) : "",
    h("p", { class: "actions" }, h("button", { type: "button", class: "button grave", onclick: anew }, say("清空本机，重新开始", "Empty it and begin anew"))));
}

export async function lockPage(app) {
  const { device } = app;
  const box = pinBox("pin", "PIN", "current-password");
  const owner = await device.store.openGet("owner");
  const wait = h("p", { class: "meta", "data-wait": "" });
  let signedIn = false;
  if (device.needsSignIn) {
    const session = await Net.session();
    const opened = Date.now() - (session?.since ?? Infinity) * 1000;  // a session from before proves nothing
    signedIn = Boolean(session?.account) && (!owner || session.account === owner) && opened > (device.wiped?.at ?? 0);
  }
  const press = h("button", { type: "submit", class: "button primary" }, say("打开", "Open"));
  const waits = () => {
    const left = device.mustWait;
    press.disabled = left > 0;
    wait.textContent = left ? say(`请等 ${Math.ceil(left / 1000)} 秒再试`, `Wait ${Math.ceil(left / 1000)} seconds`) : "";
    if (left && wait.isConnected) setTimeout(waits, 500);
  };
  const submit = async (event) => {
    event.preventDefault();
    const input = box.querySelector("input");
    press.disabled = true;
    try {
      await device.unlock(input.value, { signedIn });
    } catch (fault) {
      input.value = "";
      if (!(fault instanceof WrongPin) && !(fault instanceof Closed)) throw fault;
      if (device.needsSignIn) return app.draw();
      const left = MOST_TRIES - device.tries.wrong;
      complaint(event.target, say(`PIN 不对，还可试 ${left} 次`, `Wrong PIN, ${left} tries left`));
      return waits();
    }
    return app.begin();
  };
  queueMicrotask(waits);
  const form = h("form", { class: "form", novalidate: true, onsubmit: submit }, box, wait, h("p", { class: "actions" }, press));
  return {
    title: say("归途", "Guitu"),
    focus: "#pin",
    body: [
      device.wiped ? wipedNotice(device.wiped) : "",
      owner ? h("p", { class: "meta" }, say(`本机属于 ${owner}`, `This phone is ${owner}'s`)) : "",
      device.needsSignIn && !signedIn
        ? [h("p", {}, say("请本人先登录，再用 PIN 打开。", "Its owner has to sign in online first.")), h("p", { class: "actions" }, signInLink())]
        : form,
      await forgotten(app, owner),
    ],
  };
}

