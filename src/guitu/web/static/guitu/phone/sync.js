// One exchange with the office: sends what waits, fetches what is new. One at a time, also between tabs. It may be cut
// at any point; what came is kept in whole pages, with the place where to go on.

import { compared, delivery, forgettable } from "./outbox.js";
import { Net } from "./net.js";
import { rowOf } from "./search.js";

const PAGE = 1000;
const MOST_CHUNKS = 24;
const MOST_BEFORE = 50;

export class Sync extends EventTarget {
  #device;
  #running = null;

  constructor(device) {
    super();
    this.#device = device;
    this.last = { ended: "", at: 0 };
    this.progress = null;
  }

  get running() { return this.#running !== null; }

  // Send and fetch. Whoever asks while it runs is given the run that is under way.
  run() {
    this.#running ??= this.#alone().finally(() => { this.#running = null; this.#says(); });
    this.#says();
    return this.#running;
  }

  #says() { this.dispatchEvent(new Event("changed")); }

  async #alone() {
    const one = () => this.#exchange();
    const last = navigator.locks ? await navigator.locks.request("guitu-sync", one) : await one();
    this.last = { ...last, at: this.#device.net.now() };
    return this.last;
  }

  async #exchange() {
    const device = this.#device;
    if (!device.unlocked || !device.bound) return { ended: "sign_in" };
    try {
      await this.#renew();
      const sent = await this.#send();
      if (sent.ended !== "done") return await this.#obey(sent);
      const got = await this.#fetch();
      if (got.failed) return await this.#obey({ ...sent, ...got, ended: got.failed });
      // before anything is sent again: what that is answered with is a later mark than this one
      if (device.fetched.mark !== device.marks.mark) await device.keep([], { mark: device.fetched.mark });
      if (device.fetched.epoch !== device.marks.epoch) {  // the server is another copy of itself: what does it lack?
        if ([...device.items.values()].some((item) => item.receipt)) {
          const again = await this.#send(true);
          if (again.ended !== "done") return await this.#obey(again);
        } else await device.keep([], { epoch: device.fetched.epoch });
      }
      await this.#tidy();
      return { ...sent, fetched: got.people };
    } catch (fault) {
      if (!device.unlocked) return { ended: "locked" };  // the worker locked it meanwhile
      throw fault;
    }
  }

  async #renew() {
    const { bound, net } = this.#device;
    if (!bound.renew_from || net.now() < Date.parse(bound.renew_from)) return;
    const told = await net.call("/sync/token/", { body: {} });
    if (!told.failed) await this.#device.bind({ ...bound, token: told.token, expires: told.expires, renew_from: told.renew_from });
  }

  // What the server orders about the whole device.
  async #obey(told) {
    const device = this.#device;
    if (told.ended === "wipe") {
      await device.net.call("/sync/wiped/", { body: {} });
      await device.wipe("order", { all: told.outbox === "erase" });
    } else if (told.ended === "closed") {
      await device.wipe("closed");
    }
    return told;
  }

  // Sending --------------------------------------------------------------------------------------------------

  async #send(force = false) {
    const device = this.#device;
    const some = [...device.items.values()].some((item) => item.receipt);
    const doubted = device.marks.epoch === null;  // a restored server was told of, and not asked yet what it lacks
    const check = force || (some && (doubted || device.marks.checked !== device.today));
    const work = delivery(() => [...device.items.values()], { known: device.marks.epoch, check });
    let step = work.next();
    while (!step.done) step = work.next(await this.#does(step.value));
    if (check && step.value.ended === "done") await device.keep([], { checked: device.today });
    return step.value;
  }

  async #does(wish) {
    const { net, marks, store } = this.#device;
    if (wish.do === "keep") return this.#device.keep(wish.items, wish);
    if (wish.do === "check") return net.call("/sync/check/", { body: { sent: wish.sent } });
    if (wish.do === "send") {
      const entries = wish.items.map((item) => ({ ...item.content, id: item.id, ...inPlaceOf(item), attachments: item.pictures.map(declared) }));
      const body = { protocol: 1, sent_at: new Date().toISOString(), entries };
      if (marks.mark) body.mark = marks.mark;
      const told = await net.call("/sync/push/", { body });
      return told.failed || Array.isArray(told.results) ? told : { failed: "unknown" };
    }
    const { item, picture } = wish;
    const text = await store.get("pictures", picture.sha256);
    if (text === undefined) return { state: "refused", said: { zh: "本机已没有这张照片。", en: "This device has no such photo any more." } };
    const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
    const path = `/sync/attachments/${item.id}/${picture.sha256}/`;
    const told = await net.call(path, { body: new Blob([bytes], { type: picture.type }), type: picture.type });
    return told.failed || told.state ? told : { failed: "unknown" };
  }

  // Fetching -------------------------------------------------------------------------------------------------

  async #fetch() {
    let people = 0;
    for (;;) {
      const page = await this.#page();
      if (page.failed) return page;
      people += page.people;
      if (!page.more) break;
    }
    this.progress = null;
    return { people };
  }

  async #page() {
    const device = this.#device;
    const before = device.fetched ?? { load: 0, loading: false, cursor: "", epoch: null, names: {} };
    const query = new URLSearchParams({ limit: String(PAGE) });
    if (before.cursor) query.set("cursor", before.cursor);
    if (device.marks.mark) query.set("mark", device.marks.mark);  // what was sent may be newer than what was fetched
    const came = await device.net.call(`/sync/pull/?${query}`);
    if (came.failed || !came.answer) return { failed: came.failed ?? "unknown", ...came };
    const [told, forms, people, gone] = [{}, [], [], []];
    try {
      for await (const line of Net.lines(came.answer)) {
        if (line.t === "hello" || line.t === "end") told[line.t] = line;
        else if (line.t === "form") forms.push(line);
        else if (line.t === "person") people.push(line);
        else if (line.t === "gone") gone.push(line.id);
      }
    } catch {
      return { failed: "unknown" };
    }
    if (!told.hello || !told.end) return { failed: "unknown" };  // cut: nothing of it is used
    await this.#kept(before, told, forms, people, gone);
    return { people: people.length, more: told.end.more };
  }

  async #kept(before, { hello, end }, forms, people, gone) {
    const device = this.#device;
    const anew = hello.full && (!before.loading || before.epoch !== hello.epoch);
    const state = {
      ...before,
      load: anew ? before.load + 1 : before.load,
      loading: (hello.full || before.loading) && end.more,
      epoch: hello.epoch,
      cursor: end.cursor,
      mark: end.mark,
      office: hello.office,
      unitFile: hello.unit_file ?? null,
      keepDays: hello.keep_sent_days ?? 30,
      cacheHours: hello.cache_hours ?? 72,
      offset: device.net.offset,
      at: device.net.now(),
      names: { ...before.names },
      chunk: (before.chunk ?? 0) + 1,
    };
    for (const person of people) for (const duty of person.duties ?? []) state.names[duty.name] = duty.label;
    const rows = [...people.map((person) => rowOf(person, state.load)), ...gone.map((id) => ({ id, gone: true }))];
    for (const row of rows) row.gone ? device.rows.delete(row.id) : device.rows.set(row.id, row);
    const dropped = [...gone];
    const whole = (hello.full || before.loading) && !end.more;
    if (whole) for (const row of device.rows.values()) if (row.load !== state.load) dropped.push(row.id);
    for (const id of dropped) device.rows.delete(id);
    const pack = whole || state.chunk > MOST_CHUNKS ? packed([...device.rows.values()]) : null;
    const index = pack ? { clear: true, put: pack } : rows.length ? { put: [[state.chunk, rows]] } : {};
    if (pack) state.chunk = pack.length;
    const allForms = anew ? new Map() : new Map(device.forms);
    for (const form of forms) allForms.set(form.kind, form);
    // kept with the page that tells it: a server that is restored once more may bear the old epoch again, and a
    // phone whose power goes before it has asked would take it for the server that it knew
    const marks = hello.restored ? { ...device.marks, epoch: null } : device.marks;
    await device.store.change({
      ...(hello.restored ? { sync: { put: [["marks", marks]] } } : {}),
      people: { put: people.map((person) => [person.id, person]), remove: dropped },
      index,
      fetched: { put: [["state", state], ...(forms.length ? [["forms", Object.fromEntries(allForms)]] : [])] },
    });
    await device.heard(state.cacheHours);
    device.fetched = state;
    device.marks = marks;
    if (forms.length) device.forms = allForms;
    if (!end.more || state.chunk === 1) device.arranged();
    await this.#compare(people);
    if (device.wiped && !end.more) await device.seenWiped();  // the lists are back
    this.progress = state.loading || end.more ? { done: device.rows.size, left: Math.max(0, (hello.total ?? 0) - people.length) } : null;
    device.changed("people");
    this.#says();
  }

  // Which of the entries written here differ from a colleague's, as the office now sees it.
  async #compare(people) {
    const by = new Map(people.map((person) => [person.id, person.differ ?? []]));
    const items = [...this.#device.items.values()].filter((item) => by.has(item.content.file));
    const after = items.map((item) => compared(item, by.get(item.content.file)));
    await this.#device.keep(after.filter((item, place) => item !== items[place]));
  }

  async #tidy() {
    const device = this.#device;
    const forget = forgettable([...device.items.values()], device.net.now(), device.fetched?.keepDays ?? 30);
    if (forget.length) await device.keep([], { forget });
  }
}

// The refused ones that an entry was written in the place of: the last, and those before it.
function inPlaceOf({ instead, before }) {
  if (!instead) return {};
  return before?.length ? { instead, before: before.slice(-MOST_BEFORE) } : { instead };
}

const declared = ({ sha256, type, bytes, what }) => ({ sha256, type, bytes, what });

// The index written anew, in pieces of a size that a slow phone reads at once.
function packed(rows) {
  const found = [];
  for (let from = 0; from < rows.length; from += PAGE) found.push([found.length + 1, rows.slice(from, from + PAGE)]);
  return found;
}

