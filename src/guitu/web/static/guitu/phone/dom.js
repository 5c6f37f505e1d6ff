// Making elements, and saying things in the reader's language. Text is always set as text, never read as HTML.

let english = document.documentElement.lang.startsWith("en");

export function speak(language) {
  english = language === "en";
  document.documentElement.lang = english ? "en" : "zh-CN";
}

export const speaksEnglish = () => english;

// One of two: say("今日", "Today"), or say(label) of a label that came from the server.
export function say(zh, en) {
  if (zh && typeof zh === "object") return (english ? zh.en : zh.zh) ?? "";
  return english ? en : zh ?? "";
}

// h("p", { class: "meta" }, "text", element …); attributes that begin with `on` are listeners, `null` leaves one out.
export function h(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key === "value" || key === "checked") element[key] = value;
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

export const button = (text, does, look = "") =>
  h("button", { type: "button", class: `button ${look}`, onclick: does }, text);

export const linkTo = (where, text, look = "button") => h("a", { href: where, class: look }, text);

// A state: a shape that is not read aloud, and its word. `late` and `today` alone have a colour.
const SHAPES = { late: "▲", today: "●", open: "○", done: "✓", fresh: "✓", gap: "◇", fault: "✕", barred: "▬" };
export const word = (kind, text) => h("span", { class: `word ${kind}` }, h("i", { "aria-hidden": "true" }, SHAPES[kind]), text);

export function notice(kind, ...children) {
  const shape = { info: "○", late: "▲", fresh: "✓", fault: "✕", gap: "◇" }[kind];
  return h("div", { class: `notice ${kind}` }, h("i", { "aria-hidden": "true" }, shape), h("div", {}, ...children));
}

// Said aloud, and shown until the next thing is said or some seconds have passed.
export function tell(text, alarm = false) {
  const at = document.getElementById(alarm ? "alarm" : "status");
  at.textContent = text;
  clearTimeout(tell.timer);
  tell.timer = setTimeout(() => { at.textContent = ""; }, 8000);
}

// Days ------------------------------------------------------------------------------------------------------

const WEEK = [["周日", "Sun"], ["周一", "Mon"], ["周二", "Tue"], ["周三", "Wed"], ["周四", "Thu"], ["周五", "Fri"], ["周六", "Sat"]];
const pad = (n) => String(n).padStart(2, "0");

// Days are text, YYYY-MM-DD, in the office's time whatever the phone's zone is.
export const dayOf = (moment) => new Date(moment + 8 * 3_600_000).toISOString().slice(0, 10);
export const timeOf = (moment) => new Date(moment + 8 * 3_600_000).toISOString().slice(11, 16);
export const momentOf = (moment) => `${new Date(moment + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`;
export const addDays = (day, days) => new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
export const daysBetween = (from, until) => Math.round((Date.parse(until) - Date.parse(from)) / 86_400_000);

export function weekday(day) {
  const [zh, en] = WEEK[new Date(day).getUTCDay()];
  return `${day} ${say(zh, en)}`;
}

// 2026年11月23日 周一, under a box in which a day is typed.
export function dayInWords(day) {
  const at = new Date(day);
  const [zh, en] = WEEK[at.getUTCDay()];
  const month = at.toLocaleString("en", { month: "long", timeZone: "UTC" });
  return say(
    `${at.getUTCFullYear()}年${at.getUTCMonth() + 1}月${at.getUTCDate()}日 ${zh}`,
    `${en} ${at.getUTCDate()} ${month} ${at.getUTCFullYear()}`,
  );
}

// What was typed for a day: 20261123, 2026-11-23, 2026.11.23, 1123, 今天, -1. Null where it is none.
export function readDay(typed, today) {
  const text = typed.normalize("NFKC").trim();
  if (/^(今天|今日|today)$/i.test(text)) return today;
  if (/^(昨天|昨日|yesterday)$/i.test(text)) return addDays(today, -1);
  if (/^-\d{1,3}$/.test(text)) return addDays(today, Number(text));
  const found = /^(\d{4})[-./年]?(\d{1,2})[-./月]?(\d{1,2})日?$/.exec(text)
    ?? (/^\d{4}$/.test(text) ? [text, today.slice(0, 4), text.slice(0, 2), text.slice(2)] : null);
  if (!found) return null;
  const day = `${found[1]}-${pad(found[2])}-${pad(found[3])}`;
  const at = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === day ? day : null;
}

// How far a day is.
export function until(day, today) {
  const days = daysBetween(today, day);
  if (days < 0) return say(`逾期 ${-days} 天`, `${-days} day${days < -1 ? "s" : ""} overdue`);
  if (days === 0) return say("今天", "Today");
  return say(`还有 ${days} 天`, `in ${days} day${days > 1 ? "s" : ""}`);
}
