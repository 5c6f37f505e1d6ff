// The phone's page: what stands where, and when it talks with the office. Addresses are fragments (#/people), so that
// the whole page is one file that the device keeps.

import { Device } from "./device.js";
import { h, linkTo, notice, say, tell } from "./dom.js";
import { peoplePage, progressWord, todayPage } from "./lists.js";
import { accountLink, bind, lockPage, setupPage, signInLink } from "./locked.js";
import { Net } from "./net.js";
import { personPage } from "./person.js";
import { correction, newDraft, recordPage } from "./record.js";
import { endedWord, outboxPage, sentPage } from "./sent.js";
import { look, settingsPage } from "./settings.js";
import { keepShell } from "./shell.js";
import { Sync } from "./sync.js";

const IDLE = 5 * 60_000;
const AWAY = 2 * 60_000;
const EVERY = 5 * 60_000;
const FIRST = 8_000;

const PLACES = [
  ["#/", "今日", "Today"],
  ["#/people", "人员", "People"],
  ["#/unsent", "待发", "Unsent"],
  ["#/phone", "本机", "Phone"],
];

const othersWord = ({ owner, now }) => say(`本机属于 ${owner}，现在登录的是 ${now}。请用 ${owner} 登录，写下的都在本机。`,
  `This phone is ${owner}'s, and ${now} is signed in. Sign in as ${owner}; all is kept here.`);

class App {
  #drawn = 0;
  #used = Date.now();
  #away = 0;
  #pause = FIRST;
  #timer = 0;

  async open() {
    this.device = await Device.open();
    this.sync = new Sync(this.device);
    this.writing = null;
    this.newer = "";
    look(this.device.likes);
    addEventListener("hashchange", () => this.draw());
    addEventListener("online", () => this.exchange());
    document.querySelector(".skip").addEventListener("click", (event) => {  // addresses here are fragments: #main is none
      event.preventDefault();
      document.getElementById("main").focus();
    });
    for (const what of ["pointerdown", "keydown"]) addEventListener(what, () => { this.#used = Date.now(); }, { passive: true });
    document.addEventListener("visibilitychange", () => this.#seen());
    addEventListener("pagehide", () => this.writing?.flush());
    this.device.addEventListener("changed", ({ detail }) => this.#changed(detail));
    this.sync.addEventListener("changed", () => this.#changed("sync"));
    setInterval(() => this.#tick(), 15_000);
    setInterval(() => this.exchange(), EVERY);
    await this.draw();
    this.newer = await keepShell();
    if (this.newer) this.#changed("version");
  }

  // After the PIN: what was fetched is here, now look for what is new.
  async begin() {
    this.#used = Date.now();
    await this.draw();
    await this.exchange();
  }

  async lock() {
    await this.writing?.flush();
    this.writing = null;
    this.asked = "";
    this.device.lock();
    await this.draw();
  }

  #tick() {
    if (this.device.unlocked && Date.now() - this.#used > IDLE) this.lock();
    else if (this.device.tooOld) this.device.wipe("age").then(() => this.draw());
  }

  #seen() {
    if (document.hidden) {
      this.#away = Date.now();
      this.writing?.flush();
    } else if (this.device.unlocked && this.#away && Date.now() - this.#away > AWAY) this.lock();
    else this.exchange();
  }

  // Talk with the office. Where the token has ended and its owner is signed in here, the device is bound again.
  async exchange({ again = true } = {}) {
    const { device, sync } = this;
    if (!device.unlocked) return { ended: "locked" };
    let told = { ended: "sign_in" };
    if (device.bound || (await this.#bound())) told = await sync.run();
    if (told.ended === "sign_in" && again && device.bound && (await this.#bound())) return this.exchange({ again: false });
    if (device.unlocked) {
      this.#again(told);
      this.#bar();
    } else await this.draw();
    return told;
  }

  // A phone is not always told that there is a network again: while something waits, it tries by itself.
  #again(told) {
    clearTimeout(this.#timer);
    this.#pause = told.ended === "done" ? FIRST : Math.min(this.#pause * 2, EVERY);
    if (told.ended === "done" || told.ended === "sign_in" || !this.device.unsent) return;
    this.#timer = setTimeout(() => this.exchange(), Math.max(this.#pause, (told.retry_after ?? 0) * 1000));
  }

  async #bound() {
    const { device } = this;
    const session = await Net.session();
    const owner = await device.store.openGet("owner");
    this.others = session?.account && owner && owner !== session.account ? { owner, now: session.account } : null;
    if (!session?.account || this.others) return false;
    const told = await bind(device, device.bound?.name ?? say("手机", "Phone"), session);
    this.full = told.failed === "too_many" ? told.said : null;
    return !told.failed;
  }

  // What pages ask -------------------------------------------------------------------------------------------

  go(where) {
    if (location.hash === where || (where === "#/" && !location.hash)) this.draw();
    else location.hash = where;
  }

  signInLink() { return signInLink(); }
  retry() { return h("p", { class: "actions" }, h("button", { type: "button", class: "button", onclick: () => this.draw() }, say("再试", "Try again"))); }
  unsentOf(file) { return [...this.device.items.values()].filter((item) => item.content.file === file && !item.receipt); }
  formsFor(about) { return [...this.device.forms.values()].filter((form) => form.offline && form.about === about && form.kind !== "void"); }
  mayRecord(kind) { return Boolean(this.device.forms.get(kind)?.offline); }

  units() {
    const found = new Map();
    const { office } = this.device.fetched ?? {};
    if (office) found.set(office.code, office.name);
    return [...found];
  }

  // Drawing ----------------------------------------------------------------------------------------------------

  async #page() {
    const { device } = this;
    if (device.isNew) return setupPage(this);
    if (!device.unlocked) return lockPage(this);
    const [, place = "", one = "", two = ""] = (location.hash || "#/").split("/").map(decodeURIComponent);
    if (place === "people") return peoplePage(this);
    if (place === "person") return personPage(this, one);
    if (place === "record") return recordPage(this, newDraft(this, one, two));
    if (place === "draft") return recordPage(this, device.items.get(one));
    if (place === "correct") return recordPage(this, correction(this, one, ""));
    if (place === "withdraw") return recordPage(this, correction(this, one, "void"));
    if (place === "unsent") return outboxPage(this);
    if (place === "sent") return sentPage(this, one);
    if (place === "phone") return settingsPage(this);
    return todayPage(this);
  }

  async draw({ again = false } = {}) {
    const turn = (this.#drawn += 1);
    const before = this.writing;
    this.writing = null;
    await before?.flush();
    const page = await this.#page();
    if (turn !== this.#drawn) return;  // another page was asked for meanwhile
    const held = again ? document.activeElement?.id || document.activeElement?.getAttribute?.("href") : "";
    const scrolled = scrollY;
    const main = h("main", { id: "main", class: "phone-main", tabindex: "-1" }, h("h1", { tabindex: "-1" }, page.title), page.body);
    const parts = this.device.unlocked ? [this.#top(), main, this.#places()] : [main];
    document.getElementById("app").replaceChildren(...parts);
    document.title = say("归途", "Guitu");
    if (again) {
      const same = held && (document.getElementById(held) ?? main.querySelector(`[href="${CSS.escape(held)}"]`));
      same?.focus({ preventScroll: true });
      scrollTo(0, scrolled);
      return;
    }
    scrollTo(0, 0);
    (page.focus ? main.querySelector(page.focus) ?? main.querySelector("h1") : main.querySelector("h1")).focus();
  }

  #top() {
    return h("header", { class: "phone-top" },
      h("a", { class: "phone-brand", href: "#/" }, say("归途", "Guitu")),
      h("span", { class: "phone-office", "data-office": "" }),
      h("a", { class: "phone-unsent", href: "#/unsent", "data-unsent": "" }),
      h("button", { type: "button", class: "button-link", onclick: () => this.lock() }, say("锁上", "Lock")));
  }

  #places() {
    queueMicrotask(() => this.#bar());
    const here = `#/${(location.hash || "#/").split("/")[1] ?? ""}`;
    return h("nav", { class: "phone-places", "aria-label": say("主菜单", "Main menu") }, h("ul", {}, PLACES.map(([where, zh, en]) =>
      h("li", {}, h("a", { href: where, "aria-current": where === here ? "page" : null }, say(zh, en))))));
  }

  // The words on top: whose office, how much is unsent, and what is in the way.
  #bar() {
    const top = document.querySelector(".phone-top");
    if (!top || !this.device.unlocked) return;
    const { device, sync } = this;
    top.querySelector("[data-office]").textContent = device.fetched?.office?.name ?? device.bound?.office?.name ?? "";
    const n = device.unsent;
    top.querySelector("[data-unsent]").textContent = sync.running && n ? say(`正在发送 ${n}`, `Sending ${n}`) : say(`待发 ${n}`, `Unsent ${n}`);
    document.querySelector("[data-news]")?.remove();
    const news = this.#news();
    if (news) top.after(h("div", { class: "phone-news", "data-news": "" }, news));
  }

  #news() {
    const { device, sync } = this;
    if (this.full) return notice("gap", h("p", {}, say(this.full)), accountLink());
    if (sync.last.ended === "sign_in" || !device.bound) return notice("gap", h("p", {}, this.others ? othersWord(this.others) : endedWord("sign_in")), signInLink());
    if (this.stale) return notice("info", h("p", {}, say("名单有更新。", "The list has news."), " ",
      h("button", { type: "button", class: "button-link", onclick: () => { this.stale = false; this.draw({ again: true }); } }, say("显示", "Show"))));
    if (this.newer) return notice("info", h("p", {}, say("有新版本，", "A new version is here: "), linkTo("#/phone", say("去更新", "update"), "")));
    return null;
  }

  // Something changed underneath. Lists do not move under the hand: but for the first load, the reader asks for news.
  #changed(what) {
    if (!this.device.unlocked) return;
    const place = (location.hash || "#/").split("/")[1] ?? "";
    if ((what === "outbox" || what === "sync") && (place === "unsent" || place === "sent") && !this.writing) this.draw({ again: true });
    if (what === "version" && place === "phone") this.draw({ again: true });
    if (what === "people" && !this.writing) {
      if (!this.sync.progress && this.shownOnce) this.stale = ["", "people", "person"].includes(place);
      else if (this.sync.progress && document.querySelector("[data-progress]")) document.querySelector("[data-progress]").textContent = progressWord(this.sync);
      else if (place === "") this.draw({ again: true });
      else if (place === "people" && document.activeElement?.id !== "find") this.draw({ again: true });
      this.shownOnce = !this.sync.progress;
    }
    this.#bar();
  }
}

const app = new App();
addEventListener("unhandledrejection", (event) => {
  tell(say("出了错，写下的都在本机。请再试一次。", "Something went wrong; all that was written is here. Try again."), true);
  console.error(event.reason);
});
app.open();
