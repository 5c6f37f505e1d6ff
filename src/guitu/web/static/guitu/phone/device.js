// This device: its lock, its registration, and what it keeps, as one thing that the pages use. The only place that
// holds keys; `lock()` drops them and everything that was read with them.

import { dayOf } from "./dom.js";
import { Net } from "./net.js";
import { openStore } from "./store.js";
import { foundBy } from "./search.js";
import { MOST_TRIES, newLock, readingAgain, relocked, unlock, waitAfter, WrongPin } from "./vault.js";
import { interrupted, unsent } from "./outbox.js";

export class Closed extends Error {}

export class Device extends EventTarget {
  static async open() {
    const device = new Device();
    device.store = await openStore();
    device.net = new Net();
    const get = (key) => device.store.openGet(key);
    [device.guard, device.tries, device.wiped, device.likes] = [
      await get("lock"), (await get("tries")) ?? { wrong: 0, until: 0 }, await get("wiped"), (await get("likes")) ?? {},
    ];
    device.contact = await get("contact");
    device.#empty();
    if (device.tooOld) await device.wipe("age");
    return device;
  }

  #empty() {
    this.items = new Map();     // the outbox, by id
    this.rows = new Map();      // people, by id, as lists need them
    this.people = [];           // the same in the order of lists, with the text in which each is found
    this.texts = [];
    this.forms = new Map();     // what may be recorded, by kind
    this.fetched = null;        // what was told of the last load
    this.bound = null;          // {device, account, office}; token beside it in `net`
    this.marks = { mark: null, epoch: null, checked: "" };
  }

  get isNew() { return !this.guard; }
  get unlocked() { return this.store.unlocked; }
  get today() { return dayOf(this.net.now()); }
  get unsent() { return unsent([...this.items.values()]); }

  changed(what) {
    this.net.waiting = this.unsent;
    this.dispatchEvent(new CustomEvent("changed", { detail: what }));
  }

  async like(likes) {
    this.likes = { ...this.likes, ...likes };
    await this.store.openPut({ likes: this.likes });
  }

  // The lock -------------------------------------------------------------------------------------------------

  async setPin(pin) {
    this.guard = await newLock(pin);
    await this.store.openPut({ lock: this.guard, tries: { wrong: 0, until: 0 } });
    await this.unlock(pin);
  }

  // Milliseconds until the PIN may be tried again.
  get mustWait() { return Math.max(0, this.tries.until - Date.now()); }

  // After too many wrong tries the PIN alone opens nothing: its owner has to have signed in online.
  get needsSignIn() { return this.tries.wrong >= MOST_TRIES; }

  async unlock(pin, { signedIn = false } = {}) {
    if (this.mustWait || (this.needsSignIn && !signedIn)) throw new Closed();
    const wrong = this.tries.wrong + 1;
    const before = this.tries;
    // counted before it is tried: closing the page in between saves nobody a try
    await this.#tried({ wrong, until: Date.now() + waitAfter(wrong) });
    let keys;
    try {
      keys = await unlock(this.guard, pin);
    } catch (fault) {
      if (!(fault instanceof WrongPin)) await this.#tried(before);
      else if (wrong === MOST_TRIES) await this.wipe("tries");
      throw fault;
    }
    await this.#tried({ wrong: 0, until: 0 });
    if (!keys.reading) {
      this.guard = await readingAgain(this.guard, pin);
      await this.store.openPut({ lock: this.guard });
      keys = await unlock(this.guard, pin);
    }
    this.store.hold(keys);
    await this.#read();
  }

  async #tried(tries) {
    this.tries = tries;
    await this.store.openPut({ tries });
  }

  async changePin(old, pin) {
    this.guard = await relocked(this.guard, old, pin);
    await this.store.openPut({ lock: this.guard });
  }

  lock() {
    this.store.hold(null);
    this.net.bearer = null;
    this.#empty();
    this.changed("locked");
  }

  // Wipe what was fetched. What is unsent stays, sealed, until its writer comes back; `all` takes that too.
  async wipe(why, { all = false } = {}) {
    await this.store.wipeReading(why, Date.now());
    [this.wiped, this.contact] = [{ why, at: Date.now() }, undefined];
    await this.store.openPut({ contact: undefined });
    if (all) {
      const likes = this.likes;
      await this.store.forgetAll();
      await this.store.openPut({ likes, wiped: this.wiped, tries: { wrong: 0, until: 0 } });
      this.guard = undefined;
    } else {
      this.guard = await this.store.openGet("lock");
    }
    this.lock();
  }

  async seenWiped() {
    this.wiped = undefined;
    await this.store.openPut({ wiped: undefined });
  }

  // Reading all that is kept -----------------------------------------------------------------------------------

  async #read() {
    const [items, chunks, fetched, forms, bound, marks] = await Promise.all([
      this.store.all("outbox"), this.store.all("index"), this.store.get("fetched", "state"),
      this.store.get("fetched", "forms"), this.store.get("sync", "device"), this.store.get("sync", "marks"),
    ]);
    const back = items.map(interrupted);
    this.items = new Map(back.map((item) => [item.id, item]));
    await this.keep(back.filter((item, place) => item !== items[place]));
    this.rows = new Map();
    for (const chunk of chunks) for (const row of chunk) row.gone ? this.rows.delete(row.id) : this.rows.set(row.id, row);
    this.fetched = fetched ?? null;
    this.forms = new Map(Object.entries(forms ?? {}));
    this.bound = bound ?? null;
    this.net.bearer = bound ? { device: bound.device, token: bound.token } : null;
    this.net.offset = fetched?.offset ?? 0;
    this.marks = marks ?? this.marks;
    this.arranged();
    this.changed("unlocked");
  }

  // Whether what was fetched is older than the office lets a phone keep it.
  get tooOld() {
    return Boolean(this.contact) && Date.now() - this.contact.at > this.contact.hours * 3_600_000;
  }

  // The office was heard; by this device's own clock, in the open, so that age wipes without a PIN.
  async heard(hours) {
    this.contact = { at: Date.now(), hours };
    await this.store.openPut({ contact: this.contact });
  }

  // Put people in the order of lists; after rows have changed.
  arranged() {
    this.people = [...this.rows.values()].sort((a, b) => (a.reading < b.reading ? -1 : 1));
    this.texts = this.people.map(foundBy);
  }

  // Writing ----------------------------------------------------------------------------------------------------

  // Keep these items, and forget those ids with their pictures: all of it or nothing.
  async keep(items, { forget = [], pictures = [], mark, epoch, checked } = {}) {
    const changes = {};
    if (items.length || forget.length) changes.outbox = { put: items.map((item) => [item.id, item]), remove: forget };
    const needless = forget.length ? this.#onlyOf(forget) : [];
    if (pictures.length || needless.length) changes.pictures = { put: pictures, remove: needless };
    if (mark !== undefined || epoch !== undefined || checked !== undefined) {
      const marks = { ...this.marks };
      for (const [name, value] of Object.entries({ mark, epoch, checked })) if (value !== undefined) marks[name] = value;
      changes.sync = { put: [["marks", marks]] };
      await this.store.change(changes);
      this.marks = marks;
    } else {
      await this.store.change(changes);
    }
    for (const item of items) this.items.set(item.id, item);
    for (const id of forget) this.items.delete(id);
    this.changed("outbox");
  }

  // Pictures that no other entry needs.
  #onlyOf(forget) {
    const leaving = new Set(forget);
    const needed = new Set();
    for (const item of this.items.values()) if (!leaving.has(item.id)) for (const one of item.pictures) needed.add(one.sha256);
    return forget.flatMap((id) => this.items.get(id)?.pictures ?? []).map((one) => one.sha256).filter((sha) => !needed.has(sha));
  }

  async bind(told) {
    const bound = { ...told };
    await this.store.change({ sync: { put: [["device", bound]] } });
    await this.store.openPut({ device: bound.device });  // in the open: whoever forgot the PIN can end it by that
    this.bound = bound;
    this.net.bearer = { device: bound.device, token: bound.token };
    this.changed("bound");
  }
}
