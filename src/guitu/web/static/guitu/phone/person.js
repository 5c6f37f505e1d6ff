// One person, as the device has them: who, where, until when, what is due, what was recorded lately, and what of it
// the office does not have yet.

import { h, linkTo, notice, say, until, weekday, word } from "./dom.js";
import { itemRow } from "./sent.js";

const hiddenPhone = (text) => (text.length > 7 ? `${text.slice(0, 3)}****${text.slice(-4)}` : text);

export async function personPage(app, id) {
  const { device } = app;
  const row = device.rows.get(id);
  const person = row ? await device.store.get("people", id) : undefined;
  const own = [...device.items.values()].filter((item) => item.content.file === id);
  if (!person) {
    return {
      title: say("本机没有此人", "Not on this device"),
      body: [
        h("p", {}, say("此人不在本机名单里：可能已移交，或名单还没取全。", "Not in this device's list: moved on, or the list is not complete yet.")),
        own.length ? h("ul", { class: "rows" }, own.map((item) => itemRow(app, item))) : "",
        linkTo("#/people", say("回到人员", "Back to people")),
      ],
    };
  }
  return {
    title: person.name,
    body: [
      about(app, person),
      (person.findings ?? []).map((one) => notice("late", h("p", {}, say(one.label)))),
      own.length ? h("section", { class: "section" }, h("h2", {}, say("本机写下的", "Written on this device")),
        h("ul", { class: "rows" }, own.sort(newest).map((item) => itemRow(app, item)))) : "",
      duties(app, person),
      record(app, person),
      recent(person),
    ],
  };
}

const newest = (a, b) => b.madeAt - a.madeAt;

function about(app, person) {
  const { today } = app.device;
  const age = person.birth_year ? Number(today.slice(0, 4)) - person.birth_year : null;
  const sex = { male: say("男", "Male"), female: say("女", "Female") }[person.sex] ?? "";
  const ends = person.ends_on ? say(`${person.ends_on} 期满`, `ends ${person.ends_on}`) : "";
  const lines = [
    [say("案号", "Case"), person.no],
    [say("现状", "Now"), [person.measure_label ? say(person.measure_label) : "", person.state_label ? say(person.state_label) : "", ends].filter(Boolean).join(" · ")],
    [say("负责", "Responsible"), [person.unit_name, person.worker].filter(Boolean).join(" · ")],
    [say("住址", "Address"), person.address ?? ""],
  ];
  return h("section", { class: "about" },
    h("p", {}, [sex, age === null ? "" : say(`约 ${age} 岁`, `about ${age}`), person.id_tail ? `***${person.id_tail}` : ""].filter(Boolean).join(" · ")),
    h("dl", { class: "pairs" }, lines.filter(([, text]) => text).flatMap(([what, text]) => [h("dt", {}, what), h("dd", {}, text)])),
    person.phone ? h("p", { class: "actions" }, h("a", { class: "button", href: `tel:${person.phone}` },
      say(`打电话 ${hiddenPhone(person.phone)}`, `Call ${hiddenPhone(person.phone)}`))) : "");
}

function duties(app, person) {
  const { today } = app.device;
  const list = [...(person.duties ?? [])].sort((a, b) => ((a.due ?? "") < (b.due ?? "") ? -1 : 1));
  if (!list.length) return "";
  const shown = list.slice(0, 8);
  const draw = (duty) => {
    const later = duty.opens_on && duty.opens_on > today && duty.due !== today;
    const state = duty.due === null ? word("today", say("尽快", "Promptly"))
      : duty.due < today ? word("late", until(duty.due, today))
        : duty.due === today ? word("today", say("今天", "Today")) : word("open", until(duty.due, today));
    const act = duty.record && !later && app.mayRecord(duty.record)
      ? linkTo(`#/record/${person.id}/${duty.record}`, h("span", {}, say("登记", "Record"), h("span", { class: "hidden" }, ` ${say(duty.label)}`)), "button small") : "";
    return h("li", { class: "row" }, h("div", { class: "row-main" }, say(duty.label),
      h("span", { class: "meta sub" }, state, duty.due ? ` ${weekday(duty.due)}` : "", duty.cites?.length ? ` · ${[duty.cites].flat().join("、")}` : "")), act);
  };
  const rest = list.slice(8);
  return h("section", { class: "section" }, h("h2", {}, say(`应办 ${list.length}`, `${list.length} due`)),
    h("ul", { class: "rows" }, shown.map(draw)),
    rest.length ? h("details", {}, h("summary", {}, say(`以后的 ${rest.length} 项`, `${rest.length} later`)), h("ul", { class: "rows" }, rest.map(draw))) : "");
}

function record(app, person) {
  const may = app.formsFor("person").filter((form) => !person.records || person.records.includes(form.kind));
  if (!may.length) return "";
  return h("section", { class: "section" }, h("h2", {}, say("登记", "Record")),
    h("ul", { class: "choices" }, may.map((form) => h("li", {}, linkTo(`#/record/${person.id}/${form.kind}`, say(form.label))))));
}

function recent(person) {
  const list = person.recent ?? [];
  if (!list.length) return "";
  const gone = { corrected: say("已更正", "Corrected"), withdrawn: say("已作废", "Withdrawn") };
  return h("section", { class: "section" }, h("h2", {}, say("最近记录", "Recorded lately")),
    h("ul", { class: "rows" }, list.map((entry) => h("li", { class: "row" }, h("div", { class: "row-main" }, say(entry.said),
      h("span", { class: "meta sub" }, [weekday(entry.on), entry.by, entry.office, gone[entry.state]].filter(Boolean).join(" · ")))))));
}

