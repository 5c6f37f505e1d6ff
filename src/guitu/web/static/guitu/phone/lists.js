// Today and people: what is due, and finding somebody.

import { addDays, button, h, linkTo, notice, say, tell, timeOf, until, weekday, word } from "./dom.js";
import { dueList, search } from "./search.js";

const MOST = 30;

// How far the first load is.
export function progressWord({ progress: { done, left } }) {
  const of = left ? `${done} / ${done + left}` : String(done);
  return say(`正在取名单 ${of}，可以先用`, `Fetching ${of}; you can go on meanwhile`);
}

// When the lists were fetched, and whether that is still going on.
export function asOf(app) {
  const { device, sync } = app;
  if (sync.progress) return h("p", { class: "meta", "data-progress": "" }, progressWord(sync));
  if (!device.fetched) return notice("gap", h("p", {}, say("本机还没有名单。连上网后会自动取回。", "No list on this device yet. It comes by itself once there is a network.")));
  return h("p", { class: "meta", "data-as-of": "", "data-people": String(device.people.length) }, say(`名单取于 ${when(device.fetched.at, device.today)}`, `As of ${when(device.fetched.at, device.today)}`),
    ` · ${say(`${device.people.length} 人`, `${device.people.length} people`)}`);
}

export function when(moment, today) {
  const day = new Date(moment + 8 * 3_600_000).toISOString().slice(0, 10);
  return day === today ? timeOf(moment) : `${day.slice(5)} ${timeOf(moment)}`;
}

// Whether something written here, not refused, does what a duty waits for.
const doneHere = (app, row, record) => [...app.device.items.values()].some(
  (item) => item.content.file === row.id && item.content.kind === record && item.state !== "draft" && item.state !== "returned"
    && (item.heardAt === undefined || item.heardAt > (app.device.fetched?.at ?? 0)));

function stateOf(due, today) {
  if (due === null) return word("today", say("尽快", "Promptly"));
  if (due < today) return word("late", until(due, today));
  return due === today ? word("today", say("今天", "Today")) : word("open", until(due, today));
}

function dueRow(app, { row, duty: [name, due, , record] }) {
  const { today } = app.device;
  const done = record && doneHere(app, row, record);
  const act = record && app.mayRecord(record)
    ? linkTo(`#/record/${row.id}/${record}`, h("span", {}, say("登记", "Record"), h("span", { class: "hidden" }, ` ${row.name}`)), "button small")
    : "";
  return h("li", { class: done ? "row done" : "row" },
    h("div", { class: "row-main" },
      h("a", { href: `#/person/${row.id}` }, row.name), " ", h("span", {}, say(app.device.fetched.names[name] ?? { zh: name, en: name })),
      h("span", { class: "meta sub" }, done ? word("done", say("已登记", "Recorded")) : stateOf(due, today),
        due && !done ? ` ${weekday(due)}` : "", row.unit ? ` · ${row.unit}` : "")),
    done ? "" : act);
}

// A list that shows some, and more when asked.
function few(all, draw, what) {
  const list = h("ul", { class: "rows" });
  const more = h("p", { class: "actions" });
  let shown = 0;
  const show = (event) => {
    const drawn = all.slice(shown, shown + MOST).map(draw);
    list.append(...drawn);
    shown = Math.min(all.length, shown + MOST);
    const left = all.length - shown;
    more.replaceChildren(left ? button(say(`再显示（还有 ${left} 项）`, `Show more (${left} left)`), show) : "");
    if (!event) return;
    tell(say(`已显示 ${shown} 项`, `${shown} shown`));
    drawn[0].querySelector("a").focus();  // the button that was pressed is another, or gone
  };
  show();
  return h("div", { "data-list": what }, list, more);
}

// What was begun and not finished, and where it goes on.
function draftsLine(app) {
  const drafts = [...app.device.items.values()].filter((item) => item.state === "draft");
  if (!drafts.length) return "";
  const where = drafts.length === 1 ? `#/draft/${drafts[0].id}` : "#/unsent";
  return h("p", { "data-drafts": "" }, linkTo(where, say(`有 ${drafts.length} 份草稿没写完`, `${drafts.length} draft${drafts.length > 1 ? "s" : ""} not finished`), ""));
}

export function todayPage(app) {
  const { device } = app;
  const { today } = device;
  const workers = [...new Set(device.people.map((row) => row.worker).filter(Boolean))].sort();
  const mine = workers.includes(device.likes.worker) ? device.likes.worker : "";
  const rows = mine ? device.people.filter((row) => row.worker === mine) : device.people;
  const due = dueList(rows, today, addDays(today, 7));
  const sections = [
    ["late", () => word("late", say("逾期", "Overdue")), due.late],
    ["today", () => word("today", say("今天", "Today")), due.today],
    ["week", () => word("open", say("本周", "This week")), due.week],
  ];
  const choose = workers.length > 1 ? h("p", { class: "pick" },
    h("label", { for: "worker" }, say("谁负责的", "Whose people")),
    h("select", { id: "worker", onchange: async (event) => { await device.like({ worker: event.target.value }); app.draw(); } },
      [["", say("全部", "Everybody's")], ...workers.map((name) => [name, name])].map(
        ([value, text]) => h("option", { value, selected: value === mine }, text)))) : "";
  const nothing = !due.late.length && !due.today.length;
  return {
    title: say(`今日 ${weekday(today)}`, `Today ${weekday(today)}`),
    body: [
      asOf(app),
      draftsLine(app),
      choose,
      h("p", { class: "counts" }, sections.map(([, shape, list]) => h("span", {}, shape(), ` ${list.length}`))),
      nothing && device.fetched
        ? h("p", { class: "empty" }, say(`今天没有必办事项。本周还有 ${due.week.length} 项。`, `Nothing due today. ${due.week.length} this week.`)) : "",
      ...sections.filter(([, , list]) => list.length).map(([name, shape, list]) => h("section", { class: "section", "aria-labelledby": `s-${name}` },
        h("h2", { id: `s-${name}` }, shape(), ` ${list.length}`), few(list, (one) => dueRow(app, one), name))),
    ],
  };
}

export function peoplePage(app) {
  const { device } = app;
  const found = h("div", {});
  const count = h("p", { class: "meta", role: "status", "data-found": "" });
  const show = (typed) => {
    app.asked = typed;
    const rows = search(device.people, device.texts, typed);
    count.textContent = say(`找到 ${rows.length} 人`, `${rows.length} found`);
    found.replaceChildren(rows.length
      ? few(rows, (row) => personRow(app, row), "people")
      : h("p", { class: "empty" }, say("本机名单里没有。换个写法，或联网后到网页版查找。", "Not in the list on this device. Write it otherwise, or search the ordinary pages.")));
  };
  const input = h("input", {
    id: "find", type: "search", autocomplete: "off", spellcheck: "false", value: app.asked ?? "",
    oninput: (event) => { if (!event.isComposing) show(event.target.value); },
    oncompositionend: (event) => show(event.target.value),
  });
  show(app.asked ?? "");
  return {
    title: say("人员", "People"),
    body: [
      h("form", { class: "find-here", role: "search", onsubmit: (event) => { event.preventDefault(); show(input.value); } },
        h("label", { class: "label", for: "find" }, say("姓名、拼音、证件号末四位", "Name, pinyin or last four digits")), input),
      count, found, asOf(app),
    ],
  };
}

function personRow(app, row) {
  const { today } = app.device;
  const late = row.duties.filter(([, due]) => due !== null && due < today).length;
  const now = row.duties.filter(([, due, opens]) => due === today || (due === null && (opens === null || opens <= today))).length;
  const unsent = app.unsentOf(row.id).length;
  return h("li", { class: "row" }, h("div", { class: "row-main" },
    h("a", { href: `#/person/${row.id}` }, row.name), row.tail ? h("span", { class: "meta" }, ` ***${row.tail}`) : "",
    h("span", { class: "meta sub" }, [row.measure ? say(row.measure) : "", row.unit].filter(Boolean).join(" · ")),
    h("span", { class: "sub states" },
      late ? word("late", say(`逾期 ${late}`, `${late} overdue`)) : "",
      now ? word("today", say(`今天 ${now}`, `${now} today`)) : "",
      unsent ? word("open", say(`待发 ${unsent}`, `${unsent} unsent`)) : "")));
}
