// What the device keeps, in IndexedDB. All but `open` is sealed by the vault's keys; `open` holds what is needed
// before the PIN: the lock itself, wrong tries, language. Sealing happens before a transaction begins, so that what
// belongs together is written together or not at all.

import { sealed, unsealed } from "./vault.js";

const NAME = "guitu-phone";
const READING = ["people", "index", "fetched"];
const STORES = ["open", ...READING, "outbox", "pictures", "sync"];

export class Full extends Error {}

const asked = (request) => new Promise((good, bad) => {
  request.onsuccess = () => good(request.result);
  request.onerror = () => bad(request.error);
});

const finished = (transaction) => new Promise((good, bad) => {
  const failed = () => {
    const fault = transaction.error;
    bad(fault && fault.name === "QuotaExceededError" ? new Full() : fault ?? new Error("aborted"));
  };
  transaction.oncomplete = () => good();
  transaction.onabort = failed;
  transaction.onerror = failed;
});

export async function openStore(name = NAME) {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => {
    for (const store of STORES) request.result.createObjectStore(store);
  };
  const base = await asked(request);
  base.onversionchange = () => base.close();
  return new Store(base);
}

export class Store {
  #base;
  #keys = null;

  constructor(base) {
    this.#base = base;
  }

  get unlocked() {
    return this.#keys !== null;
  }

  // The keys while the app is unlocked, null when it locks.
  hold(keys) {
    this.#keys = keys;
  }

  #key(store) {
    if (!this.#keys) throw new Error("locked");
    const key = READING.includes(store) ? this.#keys.reading : this.#keys.writing;
    if (!key) throw new Error("wiped");
    return key;
  }

  // In the open -------------------------------------------------------------------------------------------

  async openGet(key) {
    return asked(this.#base.transaction("open").objectStore("open").get(key));
  }

  async openPut(values) {
    const change = this.#base.transaction("open", "readwrite", { durability: "strict" });
    for (const [key, value] of Object.entries(values)) change.objectStore("open").put(value, key);
    await finished(change);
  }

  // Sealed ------------------------------------------------------------------------------------------------

  async get(store, key) {
    const kept = await asked(this.#base.transaction(store).objectStore(store).get(key));
    return kept === undefined ? undefined : unsealed(this.#key(store), kept, `${store}/${key}`);
  }

  // Every value of a store, in the order of the keys.
  async all(store) {
    const at = this.#base.transaction(store).objectStore(store);
    const [keys, kept] = await Promise.all([asked(at.getAllKeys()), asked(at.getAll())]);
    const key = keys.length ? this.#key(store) : null;
    return Promise.all(kept.map((one, place) => unsealed(key, one, `${store}/${keys[place]}`)));
  }

  async keys(store) {
    return asked(this.#base.transaction(store).objectStore(store).getAllKeys());
  }

  // Several changes, all or none: {store: {put: [[key, value] …], remove: [key …], clear: true}}.
  async change(changes) {
    const ready = [];
    for (const [store, { put = [], remove = [], clear = false }] of Object.entries(changes)) {
      const key = put.length ? this.#key(store) : null;
      const written = await Promise.all(put.map(async ([at, value]) => [at, await sealed(key, value, `${store}/${at}`)]));
      ready.push([store, written, remove, clear]);
    }
    if (!ready.length) return;
    const change = this.#base.transaction(ready.map(([store]) => store), "readwrite", { durability: "strict" });
    const done = finished(change);
    for (const [store, written, remove, clear] of ready) {
      const at = change.objectStore(store);
      if (clear) at.clear();
      for (const key of remove) at.delete(key);
      for (const [key, value] of written) at.put(value, key);
    }
    await done;
  }

  // Wipe all that was fetched: its key first, then what it sealed. What was written here stays, sealed.
  async wipeReading(why, at) {
    const change = this.#base.transaction(["open", ...READING], "readwrite", { durability: "strict" });
    const done = finished(change);
    const open = change.objectStore("open");
    const asks = open.get("lock");
    asks.onsuccess = () => {
      if (asks.result) open.put({ ...asks.result, reading: null }, "lock");
      open.put({ why, at }, "wiped");
    };
    for (const store of READING) change.objectStore(store).clear();
    await done;
    if (this.#keys) this.#keys = { ...this.#keys, reading: null };
  }

  // The whole device as new: only where nothing unsent is left.
  async forgetAll() {
    const change = this.#base.transaction(STORES, "readwrite", { durability: "strict" });
    const done = finished(change);
    for (const store of STORES) change.objectStore(store).clear();
    await done;
    this.#keys = null;
  }
}
