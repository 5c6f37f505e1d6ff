// What a phone stands on, without a browser: a store that can be full or lose its power, a network that a trial
// plays, a clock that a trial sets. The phone's own modules run on it as they are.

let now = 0;
Date.now = () => now;
globalThis.navigator = {};
globalThis.EventTarget = class { addEventListener() {} removeEventListener() {} dispatchEvent() { return true; } };
globalThis.CustomEvent = class { constructor(name, more) { Object.assign(this, { name, ...more }); } };
globalThis.Event = globalThis.CustomEvent;
globalThis.Blob = class {};
globalThis.atob = () => "";
globalThis.URLSearchParams = class {
  constructor(told) { this.told = { ...told }; }
  set(name, value) { this.told[name] = value; }
  toString() { return JSON.stringify(this.told); }
};

const NEVER = new Promise(() => {});
// What is kept or sent is a copy: written down at once, and read anew by everybody who asks.
const written = (value) => JSON.stringify(value);
const read = (text) => (text === undefined ? undefined : JSON.parse(text));
const phones = new Map();
let starting = null;

class Full extends Error {}

class Store {
  constructor(phone) {
    this.phone = phone;
    this.life = phone.life;
    this.keys = null;
  }
  get dead() { return this.life !== this.phone.life; }
  get unlocked() { return this.keys !== null; }
  hold(keys) { this.keys = keys; }
  at(store) { return (this.phone.disk[store] ??= new Map()); }
  async openGet(key) { return read(this.at("open").get(key)); }
  async openPut(values) { for (const [key, value] of Object.entries(values)) this.at("open").set(key, written(value)); }
  async get(store, key) { return this.dead ? NEVER : read(this.at(store).get(key)); }
  async all(store) { return this.dead ? NEVER : [...this.at(store).values()].map(read); }
  async change(changes) {
    if (this.dead) return NEVER;
    const faults = this.phone.faults;
    if (faults.full > 0) {
      faults.full -= 1;
      throw new Full();
    }
    const cut = faults.cut !== null && (faults.cut -= 1) < 0;
    if (cut && !faults.after) return this.phone.die();
    for (const [store, { put = [], remove = [], clear = false }] of Object.entries(changes)) {
      const kept = this.at(store);
      if (clear) kept.clear();
      for (const key of remove) kept.delete(key);
      for (const [key, value] of put) kept.set(key, written(value));
    }
    return cut ? this.phone.die() : undefined;
  }
  // What was fetched is too old, or the office says so; what was written here stays.
  async wipeReading() {
    for (const store of ["people", "index", "fetched"]) this.at(store).clear();
    const lock = read(this.at("open").get("lock"));
    if (lock) this.at("open").set("lock", written({ ...lock, reading: null }));
  }
}

class Net {
  constructor() {
    Object.assign(this, { bearer: null, offset: 0, waiting: 0, phone: starting, life: starting.life });
  }
  now() { return now + this.offset; }
  call(path, { body } = {}) {
    const { phone } = this;
    if (this.life !== phone.life) return NEVER;
    const told = path.startsWith("/sync/attachments/") || body === undefined ? "null" : written(body);
    return new Promise((heard) => phone.calls.push({ id: (phone.called += 1), path, body: told, heard, net: this }));
  }
  static lines(answer) { return answer.lines; }
}

globalThis.GIVEN = {
  store: { Full, openStore: async () => new Store(starting) },
  net: { Net },
  vault: {
    MOST_TRIES: 10,
    WrongPin: class extends Error {},
    waitAfter: () => 0,
    newLock: async () => ({ reading: true }),
    unlock: async (lock) => ({ reading: lock.reading, writing: true }),
    relocked: async (lock) => lock,
    readingAgain: async (lock) => ({ ...lock, reading: true }),
  },
  dom: { dayOf: (moment) => new Date(moment + 8 * 3_600_000).toISOString().slice(0, 10) },
};

class Phone {
  constructor() {
    Object.assign(this, { disk: {}, life: 0, called: 0, calls: [], ended: null, device: null, sync: null });
    this.faults = { full: 0, cut: null, after: false };
  }
  // The power is gone: nothing that was under way goes on.
  die() {
    Object.assign(this, { life: this.life + 1, calls: [], device: null, sync: null, ended: "cut" });
    Object.assign(this.faults, { full: 0, cut: null });
    return NEVER;
  }
}

const DOES = {
  async start(phone) {
    phone.die();
    phone.ended = null;
    starting = phone;
    const device = await GIVEN.device.Device.open();
    await (device.isNew ? device.setPin("1") : device.unlock("1"));
    [phone.device, phone.sync] = [device, new GIVEN.sync.Sync(device)];
  },
  die: (phone) => { phone.die(); },
  faults: (phone, told) => { Object.assign(phone.faults, told); },
  bind: (phone, told) => phone.device.bind(told),
  async write(phone, { id, content, instead = null, pictures = [] }) {
    const { anew, draft, typed } = GIVEN.outbox;
    const { items, net } = phone.device;
    const at = net.now();
    const again = () => {
      const made = anew(items.get(instead), id, at, [...items.values()]);
      return typed(made, { ...content, corrects: made.content.corrects });
    };
    await phone.device.keep([instead ? again() : draft(id, content, { at, pictures })]);
  },
  async type(phone, { id, content }) {
    await phone.device.keep([GIVEN.outbox.typed(phone.device.items.get(id), content)]);
  },
  async ready(phone, { id }) {
    await phone.device.keep([GIVEN.outbox.ready(phone.device.items.get(id), phone.device.net.now())]);
  },
  async exchange(phone) {
    phone.ended = null;
    const { life } = phone;
    const ended = await phone.sync.run();
    if (life === phone.life) phone.ended = ended.ended;
  },
  hear(phone, { call, told, offset }) {
    const asked = phone.calls.find((one) => one.id === call);
    if (!asked) return;
    phone.calls = phone.calls.filter((one) => one !== asked);
    if (offset !== undefined) asked.net.offset = offset;
    asked.heard(told.failed || told.answer ? told : { ...told, at: asked.net.now() });
  },
  forget: (_, { name }) => { phones.delete(name); },
};

// Do one thing; what became of it is looked at when all that it set off has been done.
globalThis.act = (text) => {
  const told = JSON.parse(text);
  now = told.now;
  let phone = phones.get(told.name);
  if (!phone) phones.set(told.name, (phone = new Phone()));
  phone.fault = null;
  const { life } = phone;
  Promise.resolve(DOES[told.does](phone, told)).catch((fault) => {
    if (life === phone.life) [phone.fault, phone.ended] = [fault.constructor.name + ": " + fault.message, "fault"];
  });
};

// The call that it waits for first, how its exchange ended, and a fault of what was done last.
globalThis.look = (name) => {
  const { calls: [call], ended, fault } = phones.get(name);
  const waits = call ? ['{"id":', call.id, ',"path":', written(call.path), ',"body":', call.body, "}"] : ["null"];
  return ['{"call":', ...waits, ',"ended":', written(ended), ',"fault":', written(fault), "}"].join("");
};

// Joined and not added up: what lies outside takes no text that the engine still keeps in pieces.
const list = (texts) => ["[", [...texts].join(","), "]"].join("");
const kept = (name, store) => phones.get(name).disk[store] ?? new Map();

// The outbox as the worker sees it while the phone is on.
globalThis.shown = (name) => JSON.stringify([...phones.get(name).device.items.values()]);
globalThis.isOn = (name) => phones.get(name).device !== null;
globalThis.drafts = (name) => {
  const items = [...(phones.get(name).device?.items.values() ?? [])];
  return JSON.stringify(items.filter((item) => item.state === "draft").map((item) => item.id));
};
// In which state an item lies on the disk; "" where it does not.
globalThis.state = (name, id) => read(kept(name, "outbox").get(id))?.state ?? "";

globalThis.people = (name) => list(kept(name, "people").values());
globalThis.offset = (name) => phones.get(name).device?.net.offset ?? 0;
