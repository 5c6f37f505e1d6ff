// The form of a kind, made of what the server declared (`form` in docs/reference/phone-sync.md), and what is wrong with
// the answers. The server checks everything again; here it is so that mistakes show while the person is still there.

import { addDays, dayInWords, h, readDay, say } from "./dom.js";

const RADIOS = 7;
const MODES = { day: "numeric", whole: "numeric", decimal: "decimal", phone: "tel" };
const LENGTHS = { day: 20, whole: 10, decimal: 20, phone: 20, identity_number: 24, long_text: 4000 };

// Whether a question is asked, given the other answers.
export const applies = (field, typed) =>
  Object.entries(field.only_when ?? {}).every(([name, values]) => values.includes(typed[name] ?? ""));

// What was typed as it is sent, and the faults by field.
export function answersOf(form, typed, today) {
  const [fields, faults] = [{}, {}];
  const day = readDay(typed.happened_on ?? "", today);
  if (!day) faults.happened_on = say(`请填写${form.day.zh}，如 ${today}`, `Enter ${form.day.en.toLowerCase()}, as ${today}`);
  else if (day > today) faults.happened_on = say(`${form.day.zh}不能晚于今天（${today}）`, `${form.day.en} cannot be after today (${today})`);
  for (const field of form.fields) {
    const text = String(typed[field.name] ?? "").normalize("NFKC").trim();
    if (!applies(field, typed)) continue;
    if (!text) {
      if (field.required) faults[field.name] = say(`请填写${field.label.zh}`, `Enter ${field.label.en}`);
      continue;
    }
    const [value, fault] = valueOf(field, text, String(typed[field.name]).trim(), today);
    if (fault) faults[field.name] = fault;
    else fields[field.name] = value;
  }
  return { day, fields, faults };
}

function valueOf(field, text, asTyped, today) {
  if (field.type === "day") {
    const day = readDay(text, today);
    return [day, day ? "" : say(`${field.label.zh}不是日期`, `${field.label.en} is not a day`)];
  }
  if (field.type === "whole" && field.clock && !/^\d{1,4}$/.test(text)) {
    const time = /^([01]?\d|2[0-3])[:.点时]([0-5]\d)分?$/.exec(text);
    if (time) return [Number(time[1]) * 100 + Number(time[2]), bounds(field, Number(time[1]) * 100 + Number(time[2]))];
    return [null, say(`${field.label.zh}不是一天中的时间，请写成四位数字，如 1405`, `${field.label.en} is no time of day: write four digits, such as 1405`)];
  }
  if (field.type === "whole") {
    const number = /^[+-]?\d{1,9}$/.test(text) ? Number(text) : NaN;
    if (Number.isNaN(number)) return [null, say(`${field.label.zh}应为整数`, `${field.label.en} is a whole number`)];
    return [number, bounds(field, number)];
  }
  if (field.type === "decimal") {
    const places = field.places ?? 2;
    if (!new RegExp(`^-?\\d{1,14}(\\.\\d{1,${places}})?$`).test(text)) {
      return [null, say(`${field.label.zh}应为数字，小数不超过 ${places} 位`, `${field.label.en} is a number with up to ${places} places`)];
    }
    return [text, bounds(field, Number(text))];
  }
  if (field.type === "choice" && !field.choices.some((one) => one.value === text)) {
    return [null, say(`请选择${field.label.zh}`, `Choose ${field.label.en}`)];
  }
  return [field.type === "text" || field.type === "long_text" ? asTyped : text, ""];
}

function bounds(field, number) {
  if (field.least !== null && field.least !== undefined && number < field.least) {
    return say(`${field.label.zh}不少于 ${field.least}`, `${field.label.en} is at least ${field.least}`);
  }
  if (field.most !== null && field.most !== undefined && number > field.most) {
    return say(`${field.label.zh}不多于 ${field.most}`, `${field.label.en} is at most ${field.most}`);
  }
  return "";
}

// The boxes. `typed` is what stands in them; `onchange(name, text)` is told of every change.
export function boxes(form, typed, today, units, onchange) {
  const day = { name: "happened_on", label: form.day, type: "day", required: true };
  const made = new Map();
  for (const field of [day, ...form.fields]) made.set(field.name, box(field, typed[field.name] ?? "", today, units, change));
  const conditions = () => {
    for (const field of form.fields) made.get(field.name).hidden = !applies(field, typed);
  };
  function change(name, text) {
    typed[name] = text;
    conditions();
    onchange(name, text);
  }
  conditions();
  return made;
}

function box(field, value, today, units, change) {
  const id = `f-${field.name}`;
  const told = (event) => change(field.name, event.target.value);
  const optional = field.required ? "" : h("span", { class: "optional" }, say("（选填）", " (optional)"));
  const hint = field.help ? h("p", { class: "hint", id: `${id}-hint` }, say(field.help)) : "";
  const describes = [field.help ? `${id}-hint` : "", field.type === "day" ? `${id}-echo` : ""].filter(Boolean).join(" ") || null;
  const choices = field.type === "unit" ? units.map(([code, name]) => ({ value: code, label: { zh: name, en: name } })) : field.choices;
  if (field.type === "choice" && choices.length <= RADIOS) {
    const options = field.required ? choices : [...choices, { value: "", label: { zh: "不清楚／未问", en: "Not known / not asked" } }];
    return h("fieldset", { class: "field choice", "data-field": field.name, "aria-describedby": describes },
      h("legend", { class: "label" }, say(field.label), optional), hint,
      h("div", { class: "options" }, options.map((one, place) => h("div", { class: "option" },
        h("input", { type: "radio", id: place ? `${id}-${place}` : id, name: field.name, value: one.value,
          checked: value === one.value && (value !== "" || !field.required), onchange: told }),
        h("label", { for: place ? `${id}-${place}` : id }, say(one.label))))));
  }
  const label = h("label", { class: "label", for: id }, say(field.label), optional);
  const same = { id, name: field.name, "aria-describedby": describes, autocomplete: "off", maxlength: LENGTHS[field.type] ?? 200 };
  if (field.type === "choice" || field.type === "unit") {
    const select = h("select", { ...same, maxlength: null, onchange: told },
      h("option", { value: "" }, say("请选择", "Choose")), choices.map((one) => h("option", { value: one.value }, say(one.label))));
    select.value = value;
    return h("div", { class: `field ${field.type}`, "data-field": field.name }, label, hint, select);
  }
  if (field.type === "long_text") {
    return h("div", { class: "field long_text", "data-field": field.name }, label, hint,
      h("textarea", { ...same, rows: 3, value, oninput: told }));
  }
  if (field.type !== "day") {
    const input = h("input", { ...same, type: field.type === "phone" ? "tel" : "text", inputmode: MODES[field.type] ?? "text", value, oninput: told });
    const unit = field.unit ? h("span", { class: "box-unit" }, say(field.unit)) : "";
    return h("div", { class: `field ${field.type}`, "data-field": field.name }, label, hint, h("div", { class: "box" }, input, unit));
  }
  return dayBox(field, value, today, { label, hint, same, told });
}

function dayBox(field, value, today, { label, hint, same, told }) {
  const echo = h("output", { class: "echo meta", id: `f-${field.name}-echo`, for: `f-${field.name}` });
  const echoes = (text) => {
    const day = readDay(text, today);
    echo.textContent = day ? dayInWords(day) : "";
  };
  const input = h("input", { ...same, type: "text", inputmode: "numeric", value, oninput: (event) => { echoes(event.target.value); told(event); } });
  const put = (day) => () => {
    input.value = day;
    input.dispatchEvent(new Event("input"));
  };
  echoes(value);
  const near = field.name === "happened_on"
    ? h("span", { class: "near" },
        h("button", { type: "button", class: "button small", onclick: put(today) }, say("今天", "Today")),
        h("button", { type: "button", class: "button small", onclick: put(addDays(today, -1)) }, say("昨天", "Yesterday")))
    : "";
  return h("div", { class: "field day", "data-field": field.name }, label, hint, h("div", { class: "box" }, input, near, echo));
}

// Put the faults into the boxes, and give the summary that leads to each.
export function showFaults(made, faults) {
  for (const [name, element] of made) {
    element.querySelector(".error")?.remove();
    element.classList.toggle("wrong", Boolean(faults[name]));
    const first = element.querySelector("input, select, textarea");
    if (!faults[name]) {
      first.removeAttribute("aria-invalid");
      continue;
    }
    if (first.type !== "radio") first.setAttribute("aria-invalid", "true");
    const said = h("p", { class: "error", id: `f-${name}-error` }, h("i", { "aria-hidden": "true" }, "✕"), faults[name]);
    (element.querySelector(".hint") ?? element.querySelector(".label")).after(said);
  }
  const wrong = [...made].filter(([name]) => faults[name]);
  if (!wrong.length) return null;
  const go = (name) => (event) => {
    event.preventDefault();
    made.get(name).querySelector("input, select, textarea").focus();
  };
  return h("div", { class: "error-summary", tabindex: "-1", role: "alert" },
    h("h2", {}, say(`有 ${wrong.length} 处要改`, `${wrong.length} to mend`)),
    h("ul", {}, wrong.map(([name]) => h("li", {}, h("a", { href: `#f-${name}`, onclick: go(name) }, faults[name])))));
}

// The answers of an entry in words, for reading back.
export function readBack(form, content) {
  const shown = [[form ? say(form.day) : say("日期", "Day"), content.happened_on]];
  for (const [name, value] of Object.entries(content.fields ?? {})) {
    const field = form?.fields.find((one) => one.name === name);
    const choice = field?.choices?.find((one) => one.value === value);
    shown.push([field ? say(field.label) : name, choice ? say(choice.label) : String(value)]);
  }
  return h("dl", { class: "pairs" }, shown.flatMap(([what, value]) => [h("dt", {}, what), h("dd", {}, value)]));
}
