// What was typed into a form and did not arrive: the session had ended, the network was cut, the page of a fault
// came back. It is kept in this tab from the press until a page answers it, and put back into the same form for the
// same account; gone with the tab and with signing out. Every form works without this.

const KEPT = "guitu-typed";
const HOURS = 2;
const english = document.documentElement.lang.startsWith("en");
const account = document.documentElement.dataset.account || "";
const unkept = /^(csrfmiddlewaretoken|password.*)$/;

/** What a form holds, without what must not be kept: [name, value] in the order of its boxes. */
export const typedIn = (form) => [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !unkept.test(name));

/** Put answers back into their boxes; true if anything was not there already. The id of what is being recorded
    comes back with them: if the first sending did arrive, the second is known for the same. */
export function putBack(form, pairs) {
  const wanted = new Map();
  for (const [name, value] of pairs) wanted.set(name, [...(wanted.get(name) || []), value]);
  let last = null;
  for (const box of form.elements) {
    const values = wanted.get(box.name);
    if (!box.name || /^(hidden|file|submit|button|password)$/.test(box.type)) continue;
    if (box.type === "radio" || box.type === "checkbox") {
      const chosen = Boolean(values?.includes(box.value));
      if (box.checked === chosen || (!values && box.type === "radio")) continue;
      box.checked = chosen;
    } else {
      const value = values?.shift();
      if (value === undefined || box.value === value) continue;
      box.value = value;
      if (box.dataset.day !== undefined) box.dispatchEvent(new Event("input", { bubbles: true }));
    }
    last = box;
  }
  const id = form.querySelector("input[type=hidden][name=id]");
  if (last && id && wanted.has("id")) id.value = wanted.get("id")[0];
  last?.dispatchEvent(new Event("change", { bubbles: true }));
  return Boolean(last);
}

/** Which form it is: where it goes and what it says of itself, but for the id that is new each time. */
function sign(form) {
  const fixed = [...form.querySelectorAll("input[type=hidden]")].filter((box) => box.name !== "id" && !unkept.test(box.name));
  return JSON.stringify([form.getAttribute("action"), ...fixed.map((box) => [box.name, box.value])]);
}

const read = () => JSON.parse(sessionStorage.getItem(KEPT) || "null");
const page = () => location.href.split("#")[0];
const forget = () => sessionStorage.removeItem(KEPT);
const asks = (form) => form.method === "post" && form.closest("main") && !form.dataset.draft && !form.querySelector("[type=password], [autocomplete=one-time-code]")
  && [...form.elements].some((box) => box.name && !/^(hidden|submit|button|file|search)$/.test(box.type));

function write(kept) {
  try { sessionStorage.setItem(KEPT, JSON.stringify(kept)); } catch { /* no room: nothing is lost but the copy */ }
}

function restore(root) {
  const kept = read();
  if (!kept || kept.account !== account) return false;
  const form = [...root.querySelectorAll("form")].find((one) => sign(one) === kept.sign);
  if (!form || form.querySelector("[aria-invalid]")) return false;
  forget();
  if (!putBack(form, kept.typed)) return true;
  const files = form.querySelector("[type=file]") !== null;
  const said = english ? `What you had typed and not saved is back.${files ? " Choose the files again." : ""}`
    : `已恢复上次没有保存的内容。${files ? "文件请重新选择。" : ""}`;
  window.setTimeout(() => { document.getElementById("status").textContent = said; }, 50);
  return true;
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches(".leave")) sessionStorage.clear();
  else if (account && asks(form)) write({ account, from: page(), sign: sign(form), typed: typedIn(form), at: Date.now() });
}, true);

document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.elt?.matches?.("form") && event.detail.successful && !event.detail.xhr.getResponseHeader("HX-Redirect")) forget();
});
document.addEventListener("htmx:afterSettle", (event) => restore(event.detail.elt));

document.addEventListener("DOMContentLoaded", () => {
  const kept = read();
  if (!kept || !account) return; // on the way in again
  const came = performance.getEntriesByType("navigation")[0];
  if (kept.account !== account || Date.now() - kept.at > HOURS * 3600000) forget();
  else if (came?.responseStatus >= 400) return; // a fault, or what is wrong and stands in the form: nothing was saved
  else if (document.referrer === kept.from && came?.type === "navigate") forget(); // that page has led here: answered
  else restore(document);
});
