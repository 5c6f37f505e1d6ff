// Writing an entry. What is typed is kept as it is typed, sealed, before anything else happens; from then on a killed
// page, an empty battery or a locked phone costs at most the last half second.

import { button, h, linkTo, momentOf, notice, say, tell } from "./dom.js";
import { answersOf, boxes, showFaults } from "./form.js";
import { uuid7 } from "./ids.js";
import { draft, newest, ready, typed as retyped } from "./outbox.js";
import { MOST, photo, signaturePad, thumbnail } from "./pictures.js";

const PAUSE = 400;

const VOID = {
  kind: "void", version: 1, label: { zh: "作废", en: "Withdrawal" }, day: { zh: "作废日期", en: "Day of the withdrawal" },
  fields: [{ name: "reason", label: { zh: "作废理由", en: "Reason" }, type: "long_text", required: true }],
};

// A draft in the hand: it keeps itself.
class Writing {
  #timer = 0;
  #chain = Promise.resolve();

  constructor(app, item) {
    [this.app, this.item, this.begun] = [app, item, app.device.items.has(item.id)];
  }

  changed(change = {}, pictures = []) {
    this.item = { ...this.item, ...change };
    this.pictures = [...(this.pictures ?? []), ...pictures];
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.keep(), PAUSE);
  }

  // Keep it now; waits for what is being kept already.
  keep() {
    clearTimeout(this.#timer);
    const [item, pictures] = [this.item, this.pictures ?? []];
    this.pictures = [];
    this.#chain = this.#chain.then(async () => {
      try {
        await this.app.device.keep([item], { pictures });
        this.begun = true;
        this.onkept?.();
      } catch (fault) {
        this.pictures = [...pictures, ...this.pictures];
        this.onfault?.(fault);
        throw fault;
      }
    });
    const result = this.#chain;
    this.#chain = this.#chain.catch(() => {});
    return result;
  }

  async flush() {
    if (this.begun || this.#timer) await this.keep().catch(() => {});
  }

  stop() { clearTimeout(this.#timer); }
}

function typedOf(item) {
  if (item.raw) return { ...item.raw };
  const { happened_on: day, fields, reason } = item.content;
  return { ...Object.fromEntries(Object.entries(fields ?? {}).map(([name, value]) => [name, String(value)])), happened_on: day, "why-corrected": reason ?? "" };
}

export function newDraft(app, file, kind) {
  const { device } = app;
  const before = [...device.items.values()].find((item) =>
    item.state === "draft" && item.content.file === file && item.content.kind === kind && !item.content.corrects && !item.instead);
  if (before) return before;
  const form = device.forms.get(kind);
  const content = { file, kind, version: form?.version ?? 1, happened_on: device.today, fields: {} };
  return { ...draft(uuid7(device.net.now()), content, { at: device.net.now() }), form };
}

export function correction(app, id, kind) {
  const { device } = app;
  const written = device.items.get(id);
  if (!written) return null;
  const item = newest(written, [...device.items.values()]);  // corrected before: of two corrections the later would count alone
  const begun = [...device.items.values()].find((one) =>  // half written, then locked or left: it goes on
    one.state === "draft" && one.content.corrects === item.id && (one.content.kind === "void") === (kind === "void"));
  if (begun) return begun;
  const content = kind === "void"
    ? { file: item.content.file, kind, version: 1, happened_on: device.today, fields: {}, corrects: item.id }
    : { ...item.content, corrects: item.id, reason: "" };
  return { ...draft(uuid7(device.net.now()), content, { at: device.net.now() }), form: device.forms.get(content.kind) ?? (kind === "void" ? VOID : undefined) };
}

function formOf(app, item) {
  const form = item.form ?? app.device.forms.get(item.content.kind);
  if (!form || !item.content.corrects || item.content.kind === "void") return form;
  const why = { name: "why-corrected", label: { zh: "更正理由", en: "Why it is corrected" }, type: "text", required: true };
  return { ...form, fields: [...form.fields, why] };
}

export async function recordPage(app, item) {
  const form = item && formOf(app, item);
  if (!form) {
    return { title: say("登记", "Record"), body: [h("p", {}, say("本机没有这张表。连上网后再试，或在网页版登记。", "This device does not have that form. Try again with a network, or on the ordinary pages.")), linkTo("#/", say("回到今日", "Back to today"))] };
  }
  const { device } = app;
  const person = device.rows.get(item.content.file);
  const typed = typedOf(item);
  const writing = new Writing(app, item);
  const kept = h("p", { class: "meta", "data-kept": "" }, device.items.has(item.id) ? say("草稿在本机", "Draft on this device") : "");
  writing.onkept = () => { kept.textContent = say("草稿已存在本机", "Draft kept on this device"); };
  writing.onfault = () => tell(say("本机空间已满，没有存下。请删掉手机上别的东西。", "This device is full: it was not kept. Free some space."), true);
  const made = boxes(form, typed, device.today, app.units(), () => writing.changed({ raw: { ...typed } }));
  const summary = h("div", {});
  const save = async (event) => {
    event.preventDefault();
    const { day, fields, faults } = answersOf(form, typed, device.today);
    const shown = showFaults(made, faults);
    summary.replaceChildren(shown ?? "");
    document.title = `${shown ? say("有误：", "Error: ") : ""}${say("归途", "Guitu")}`;
    if (shown) return shown.focus();
    const { "why-corrected": reason, ...answers } = fields;
    const now = device.net.now();
    const content = { ...writing.item.content, version: form.version, happened_on: day, written_at: momentOf(now), fields: answers };
    if (reason) content.reason = reason;
    const { raw, form: _form, ...rest } = writing.item;
    const before = writing.item;
    writing.item = { ...ready(retyped(rest, content), now), label: form.label };  // its form may be wiped before it goes
    try {
      await writing.keep();
    } catch {
      writing.item = before;  // it is still a draft; onfault has said why
      return undefined;
    }
    app.writing = null;
    tell(say("已保存在本机，等待发送", "Kept on this device, waiting to be sent"));
    app.go(person ? `#/person/${item.content.file}` : "#/unsent");
    app.exchange();
    return undefined;
  };
  const leave = async () => {
    writing.stop();
    app.writing = null;
    if (device.items.has(item.id)) await device.keep([], { forget: [item.id] });
    tell(say("草稿已删除", "Draft removed"));
    app.go(person ? `#/person/${item.content.file}` : "#/");
  };
  app.writing = writing;
  return {
    title: `${say(form.label)} ${person?.name ?? ""}`,
    body: [
      person ? h("p", { class: "meta" }, [person.tail ? `***${person.tail}` : "", person.unit].filter(Boolean).join(" · ")) : "",
      form.help ? h("p", { class: "hint" }, say(form.help)) : "",
      item.said ? notice("fault", h("p", {}, say(item.said))) : "",
      summary,
      h("form", { class: "form", novalidate: true, onsubmit: save, "data-kind": item.content.kind },
        [...made.values()],
        await attachments(app, writing),
        h("p", { class: "form-foot actions" }, h("button", { type: "submit", class: "button primary" }, say("保存", "Save")),
          button(say("删除草稿", "Remove draft"), leave)), kept),
    ],
  };
}

// Photos and signature under the form.
async function attachments(app, writing) {
  const { store } = app.device;
  const list = h("ul", { class: "thumbs" });
  const signing = h("div", {});
  const datas = new Map();
  for (const one of writing.item.pictures) datas.set(one.sha256, await store.get("pictures", one.sha256));
  const room = () => writing.item.pictures.length < MOST;
  const put = (made) => {
    if (!made || writing.item.pictures.some((one) => one.sha256 === made.picture.sha256)) return;
    datas.set(made.picture.sha256, made.data);
    writing.changed({ pictures: [...writing.item.pictures, made.picture] }, [[made.picture.sha256, made.data]]);
    show();
  };
  const show = () => {
    list.replaceChildren(...writing.item.pictures.map((one) => thumbnail(one, datas.get(one.sha256) ?? "", () => {
      writing.changed({ pictures: writing.item.pictures.filter((other) => other !== one) });
      show();
    })));
    add.hidden = sign.hidden = !room();
  };
  const input = h("input", { id: "photo", type: "file", accept: "image/*", class: "hidden-input", onchange: async (event) => {
    const made = event.target.files[0] ? await photo(event.target.files[0]) : null;
    if (!made) tell(say("这不是能读的照片", "That is no photo that can be read"), true);
    put(made);
    event.target.value = "";
  } });
  const add = h("span", { class: "file-button" }, input, h("label", { class: "button", for: "photo" }, say("拍照或选图", "Take or choose a photo")));
  const sign = button(say("签名", "Sign"), () => signing.replaceChildren(signaturePad((made) => {
    put(made);
    signing.replaceChildren();
    sign.focus();
  })));
  show();
  return h("fieldset", { class: "field" }, h("legend", { class: "label" }, say("照片、签名", "Photos, signature"), h("span", { class: "optional" }, say("（选填，至多三张）", " (optional, three at most)"))),
    list, h("p", { class: "actions" }, add, sign), signing);
}
