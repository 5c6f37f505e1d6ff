// Small helps on top of pages that work without them: keys, dates in words, sending once, focus, slow networks.
// Nothing here is needed to read or to record.

import { putBack, typedIn } from "./typed.js";

const english = document.documentElement.lang.startsWith("en");
const say = (zh, en) => (english ? en : zh);
const status = document.getElementById("status");
const alarm = document.getElementById("alarm");

/** Whether a key belongs to an input method that is still composing: it must never act as a command. */
const composing = (event) => event.isComposing || event.keyCode === 229;
const typing = (element) => element instanceof HTMLElement
  && (element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName) && !/^(radio|checkbox|submit|button)$/.test(element.type));

/** One short sentence for everybody, also read aloud. It stays until the next one or until Esc. */
export function announce(sentence) {
  status.textContent = "";
  window.setTimeout(() => { status.textContent = sentence; }, 50);
}

// Focus --------------------------------------------------------------------------------------------------------

function focusWhatAsksForIt(root) {
  const wanted = root.querySelector("[data-focus]");
  if (wanted) wanted.focus();
  const after = root.querySelector("[data-focus-after]");
  if (after) { after.removeAttribute("data-focus-after"); focusNext(after); }
}

/** What is finished hands the focus on: to the next line's press, the last one's, or the page. */
function focusNext(mark) {
  const presses = [...document.querySelectorAll("[data-next]")];
  const next = presses.find((press) => mark.compareDocumentPosition(press) & Node.DOCUMENT_POSITION_FOLLOWING);
  (next || presses.at(-1) || document.getElementById("main")).focus();
}

// A form opened inside a list closes where it stands; the press that opened it has the focus again.
document.addEventListener("click", (event) => {
  const place = event.target.closest?.("[data-close-record]")?.closest(".record")?.parentElement;
  if (!place) return;
  place.replaceChildren();
  document.querySelector(`[hx-target="#${CSS.escape(place.id)}"]`)?.focus();
});

// What unfolds over the page closes with Esc, by a press elsewhere, and when the keyboard has left it.
const OVER = ".filter-fold[open], .places-more > details[open]";
function foldAgain(but) {
  for (const open of document.querySelectorAll(OVER)) {
    if (open.contains(but)) continue;
    if (open.contains(document.activeElement)) open.querySelector("summary").focus();
    open.open = false;
  }
}
document.addEventListener("click", (event) => foldAgain(event.target));
document.addEventListener("focusin", (event) => foldAgain(event.target));

// Keys ---------------------------------------------------------------------------------------------------------

let waitingForSecond = 0;
function go(page) {
  const link = document.querySelector(`.places a[data-page="${page}"]`);
  if (link) link.click();
  return Boolean(link);
}

function nextBox(form, from) {
  const boxes = [...form.querySelectorAll("input:not([type=hidden]), select, textarea, button")]
    .filter((box) => !box.disabled && box.offsetParent !== null
      && (box.type !== "radio" || box.checked || box === form.querySelector(`input[type=radio][name="${CSS.escape(box.name)}"]`)));
  const here = from.type === "radio" ? boxes.findIndex((box) => box.name === from.name) : boxes.indexOf(from);
  return boxes.slice(here + 1).find((box) => box.name !== from.name || !from.name);
}

function inEntryForm(event) {
  const form = event.target.closest("form[data-entry]");
  if (!form) return false;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form.requestSubmit(form.querySelector("button.primary") || undefined);
    return true;
  }
  const box = event.target;
  if (event.key === "Enter" && !event.shiftKey && !event.altKey && /^(INPUT|SELECT)$/.test(box.tagName)) {
    event.preventDefault();
    const next = nextBox(form, box);
    if (next) next.focus();
    return true;
  }
  if (box.type === "radio" && /^[1-9]$/.test(event.key) && !event.ctrlKey && !event.altKey && !event.metaKey) {
    const choices = form.querySelectorAll(`input[type=radio][name="${CSS.escape(box.name)}"]`);
    const chosen = choices[Number(event.key) - 1];
    if (chosen) {
      event.preventDefault();
      chosen.checked = true;
      chosen.focus();
      chosen.dispatchEvent(new Event("change", { bubbles: true }));
    }
    return true;
  }
  return false;
}

document.addEventListener("keydown", (event) => {
  if (composing(event)) {
    // The Enter that ends pinyin must not send a form, nor start a search.
    if (event.key === "Enter") event.stopImmediatePropagation();
    return;
  }
  if (event.key === "Escape") {
    status.textContent = "";
    alarm.textContent = "";
    foldAgain(null);
    if (idle && !idle.hidden) idle.querySelector("button").click();
  }
  if (inEntryForm(event) || typing(event.target) || event.ctrlKey || event.altKey || event.metaKey) return;
  if (document.documentElement.dataset.keys === "off") return;
  const second = Date.now() - waitingForSecond < 1200;
  waitingForSecond = 0;
  if (event.key === "/") {
    const box = document.getElementById("find");
    if (box) { event.preventDefault(); box.focus(); box.select(); }
  } else if (second && event.key === "t") { if (go("today")) event.preventDefault(); }
  else if (second && event.key === "p") { if (go("people")) event.preventDefault(); }
  else if (event.key === "g") waitingForSecond = Date.now();
}, true);

// Searching while one types waits until the input method has finished.
for (const kind of ["input", "compositionend"]) {
  document.addEventListener(kind, (event) => {
    if (!event.isComposing && event.target.closest?.("[hx-trigger^=pick]")) event.target.dispatchEvent(new CustomEvent("pick"));
  });
}

// A day in words under its box --------------------------------------------------------------------------------

/** The day that was typed (20261123, 2026-11-23, 2026.11.23, 1123, 今天, -1), or null. The server decides. */
export function readDay(text, today) {
  const typed = text.trim().replace(/[０-９]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xFEE0));
  const shifted = (days) => new Date(today.getFullYear(), today.getMonth(), today.getDate() + days);
  if (/^(今天|today)$/i.test(typed)) return shifted(0);
  if (/^(昨天|yesterday)$/i.test(typed)) return shifted(-1);
  if (/^[-+]\d{1,3}$/.test(typed)) return shifted(Number(typed));
  const found = /^(\d{4})[-./年 ](\d{1,2})[-./月 ](\d{1,2})日?$/.exec(typed) || /^(\d{4})(\d{2})(\d{2})$/.exec(typed);
  const short = /^(\d{2})(\d{2})$/.exec(typed) || /^(\d{1,2})[-./月](\d{1,2})日?$/.exec(typed);
  const [year, month, day] = found ? found.slice(1).map(Number) : short ? [today.getFullYear(), ...short.slice(1).map(Number)] : [0, 0, 0];
  const made = new Date(year, month - 1, day);
  return year > 1900 && made.getMonth() === month - 1 && made.getDate() === day ? made : null;
}

const weekdays = english ? ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"] : ["周日", "周一", "周二", "周三", "周四", "周五", "周六"];
const months = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
function inWords(day) {
  const weekday = weekdays[day.getDay()];
  return english ? `${weekday} ${day.getDate()} ${months[day.getMonth()]} ${day.getFullYear()}`
    : `${day.getFullYear()}年${day.getMonth() + 1}月${day.getDate()}日 ${weekday}`;
}
function officeToday() {
  const [year, month, day] = document.documentElement.dataset.today.split("-").map(Number);
  return new Date(year, month - 1, day);
}
function echo(box) {
  const place = document.getElementById(`${box.id}-echo`);
  if (!place) return;
  const day = readDay(box.value, officeToday());
  place.textContent = day ? inWords(day) : box.value.trim() ? say("认不出这一天", "Not a day yet") : "";
}
document.addEventListener("input", (event) => { if (event.target.matches?.("[data-day]")) echo(event.target); });

// Questions that are asked only after certain answers ---------------------------------------------------------

function applyConditions(form) {
  for (const question of form.querySelectorAll("[data-only-when]")) {
    const conditions = Object.entries(JSON.parse(question.dataset.onlyWhen));
    const asked = conditions.every(([name, wanted]) => {
      const box = form.elements.namedItem(name);
      return box && wanted.includes(box.value);
    });
    question.hidden = !asked;
    for (const box of question.querySelectorAll("input, select, textarea")) box.disabled = !asked;
  }
}
function prepare(root) {
  for (const form of root.querySelectorAll("form")) {
    if (form.querySelector("[data-only-when]")) applyConditions(form);
  }
  for (const box of root.querySelectorAll("[data-day]")) if (box.value) echo(box);
}
document.addEventListener("change", (event) => {
  const form = event.target.form;
  if (form && form.querySelector("[data-only-when]")) applyConditions(form);
});

// Sending once ------------------------------------------------------------------------------------------------

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-once]")) return;
  if (form.dataset.sent) { event.preventDefault(); event.stopImmediatePropagation(); return; }
  form.dataset.sent = "yes";
  const button = event.submitter;
  if (button?.dataset.busy) { button.dataset.idle = button.textContent; button.textContent = button.dataset.busy; }
  button?.setAttribute("aria-disabled", "true");
}, true);
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("[data-sent]")) ready(form);
});
function ready(form) {
  delete form.dataset.sent;
  for (const button of form.querySelectorAll("[aria-disabled=true]")) {
    button.removeAttribute("aria-disabled");
    if (button.dataset.idle) button.textContent = button.dataset.idle;
  }
}

// Parts of a page that are fetched -----------------------------------------------------------------------------

const slow = document.getElementById("slow");
const waiting = new Map();
document.addEventListener("htmx:beforeRequest", (event) => {
  const target = event.detail.target;
  target?.setAttribute("aria-busy", "true");
  waiting.set(event.detail.xhr, [
    window.setTimeout(() => { slow.hidden = false; }, 300),
    window.setTimeout(() => announce(say("网络较慢，您可以继续等或稍后再试。已填内容还在。", "The network is slow. You can wait or try later; what you typed is kept.")), 8000),
  ]);
});
document.addEventListener("htmx:afterRequest", (event) => {
  startIdle();
  event.detail.target?.removeAttribute("aria-busy");
  for (const timer of waiting.get(event.detail.xhr) || []) window.clearTimeout(timer);
  waiting.delete(event.detail.xhr);
  if (!waiting.size) slow.hidden = true;
  const form = event.detail.elt?.closest?.("form");
  if (form) ready(form);
});
for (const failure of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
  document.addEventListener(failure, () => {
    alarm.textContent = say("没有取到。已填内容还在，请再按一次。", "Nothing came back. What you typed is kept: press again.");
  });
}
document.addEventListener("htmx:afterSwap", (event) => {
  alarm.textContent = "";
  prepare(event.detail.elt);
  const said = event.detail.elt.querySelector("[data-say]");
  if (said) announce(said.dataset.say);
});
document.addEventListener("htmx:afterSettle", (event) => {
  focusWhatAsksForIt(event.detail.elt);
  // A branch that was unfolded before htmx had looked at it: its own toggle came too early, so it is told again.
  for (const early of event.detail.elt.querySelectorAll("details[open][hx-trigger^=toggle]")) early.dispatchEvent(new Event("toggle"));
});

document.addEventListener("click", (event) => { if (event.target.closest("[data-print]")) window.print(); });

// A page about somebody says where its printing is noted. Only the browser knows of it, and it may not tell.
window.addEventListener("beforeprint", () => {
  const page = document.querySelector("[data-printed]");
  const token = document.querySelector("[name=csrfmiddlewaretoken]");
  if (!page || !token) return;
  const told = new FormData();
  told.append("csrfmiddlewaretoken", token.value);
  navigator.sendBeacon(page.dataset.printed, told);
});

// What was typed and not yet saved: kept in this tab until it is, gone with the tab or with signing out ---------

const draftKey = (form) => `guitu-draft:${form.dataset.draft}`;
let keeping = 0;
function keepDraft(form) {
  try { sessionStorage.setItem(draftKey(form), JSON.stringify(typedIn(form))); } catch { /* no room: nothing is lost but the copy */ }
}
function restoreDraft(form) {
  const kept = sessionStorage.getItem(draftKey(form));
  if (!kept || form.querySelector("[aria-invalid]")) return;
  if (putBack(form, JSON.parse(kept))) announce(say("已恢复上次没有保存的内容。", "What you had typed and not saved is back."));
}
document.addEventListener("input", (event) => {
  const form = event.target.closest?.("form[data-draft]");
  if (!form) return;
  window.clearTimeout(keeping);
  keeping = window.setTimeout(() => keepDraft(form), 400);
});
document.addEventListener("submit", (event) => {
  if (event.target.matches("form[data-draft]")) keepDraft(event.target);
});
for (const saved of document.querySelectorAll("[data-draft-done]")) {
  sessionStorage.removeItem(`guitu-draft:${saved.dataset.draftDone}`);
}

// Two minutes before the session ends, say so; a press keeps it -------------------------------------------------

const idle = document.getElementById("idle");
let ending = 0;
let before = null;
/** The question takes the keyboard, unless somebody is typing: then it is only said. */
function askIdle() {
  idle.hidden = false;
  if (typing(document.activeElement)) { announce(document.getElementById("idle-said").textContent); return; }
  before = document.activeElement;
  idle.querySelector("button").focus();
}
function startIdle() {
  if (!idle) return;
  if (!idle.hidden && idle.contains(document.activeElement)) (before || document.body).focus();
  idle.hidden = true;
  window.clearTimeout(ending);
  // The server notes the last use only every two minutes; every minute where a session is short.
  const most = Number(document.documentElement.dataset.idle);
  ending = window.setTimeout(askIdle, Math.max(1, most - (most > 20 ? 4 : 3)) * 60000);
}
idle?.querySelector("button").addEventListener("click", async () => {
  const answer = await fetch("/here/").catch(() => null);
  if (answer?.status === 401) window.location.assign(`/sign-in/?next=${encodeURIComponent(location.pathname + location.search)}`);
  else if (answer) startIdle();
});

// A folded reason opened by its address is shown open.
function openTarget() {
  const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const folded = target && (target.matches("details") ? target : target.querySelector(":scope > details"));
  if (folded) folded.open = true;
}
window.addEventListener("hashchange", openTarget);

document.documentElement.dataset.script = "on";
for (const form of document.querySelectorAll("form[data-draft]")) restoreDraft(form);
startIdle();
prepare(document);
openTarget();
focusWhatAsksForIt(document);
