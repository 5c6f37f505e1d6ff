// What has been written here and how far it has come. Pure: no page, no store, no network, no clock and no dice.
// Whoever uses it passes in the time and the ids, keeps what it says to keep, and sends what it says to send
// (docs/reference/phone-sync.md says how).
//
// An entry is always in exactly one state:
//   draft      being written; may be changed and thrown away
//   waiting    finished, to be sent
//   sending    handed to the network; nobody knows yet whether it arrived
//   delivered  the server gave a receipt for it: the only proof there is
//   returned   the server refused it and says why; its writer writes it anew or lets it go
//   conflict   a colleague recorded the same event otherwise (both are in the file), or the id says something else
//
// Nothing is lost when the page is killed: what is kept as `sending` is `waiting` again when the page comes back,
// and the server takes the same id once however often it comes. Nothing is lost when the server goes back to an
// older copy of itself: it is asked what it is missing, and that is sent again.

export const STATES = ["draft", "waiting", "sending", "delivered", "returned", "conflict"];

export class NotNow extends Error {}

const ALLOWED = {
  draft: new Set(["waiting"]),
  waiting: new Set(["sending", "draft", "delivered", "conflict"]),
  sending: new Set(["waiting", "delivered", "returned", "conflict"]),
  delivered: new Set(["waiting", "conflict"]),
  returned: new Set(["delivered", "conflict"]),
  conflict: new Set(["waiting", "delivered"]),
};

function to(item, state, changes = {}) {
  if (item.state !== state && !ALLOWED[item.state].has(state)) throw new NotNow(`${item.state} → ${state}`);
  return { ...item, ...changes, state };
}

// Writing --------------------------------------------------------------------------------------------------

// A new draft. `content` is what the server will be sent beside the id; `at` is milliseconds by the corrected clock.
// `instead` is the id of the returned or disputed entry that this one is written in the place of, `before` those in
// whose place that one was, the first one first. `pictures` are {sha256, type, bytes, what}; their bytes are kept
// elsewhere.
export function draft(id, content, { at, instead = null, before = [], pictures = [] }) {
  return { id, content, pictures, instead, before, state: "draft", madeAt: at, readyAt: null, tries: 0, receipt: null, said: null };
}

export function typed(item, content, pictures = item.pictures) {
  if (item.state !== "draft") throw new NotNow(item.state);
  return { ...item, content, pictures };
}

export const ready = (item, at) => {
  if (item.state !== "draft") throw new NotNow(item.state);
  return to(item, "waiting", { readyAt: at });
};

// Back into a draft. What was handed to the network once may have arrived: it is corrected, never changed.
export function takenBack(item) {
  if (item.state !== "waiting" || item.tries) throw new NotNow(item.state);
  return to(item, "draft", { readyAt: null });
}

export const mayThrowAway = (item) =>
  item.state === "draft" || item.state === "returned" || (item.state === "conflict" && !item.receipt);

// Written anew, under an id of its own. The old one is kept until the new one has its receipt (`replaced`). The new
// one names all that were refused before it: each of them may still arrive late.
// One that corrects or withdraws does so to the last version of what it names, among all `items`.
export function anew(item, id, at, items = []) {
  if (item.state !== "returned" && item.state !== "conflict") throw new NotNow(item.state);
  return draft(id, pointed(item, items).content, { at, instead: item.id, before: earlier(item), pictures: item.pictures });
}

// What it corrects may have been refused meanwhile, by a server that was restored, and written anew: then it corrects
// that version. A fresh object only where that is so.
export function pointed(item, items) {
  let { corrects } = item.content;
  for (;;) {
    const last = corrects && items.find((one) => one.instead === corrects);
    if (!last) break;
    corrects = last.id;
  }
  return corrects === item.content.corrects ? item : { ...item, content: { ...item.content, corrects } };
}

// What counts in the place of an entry by what was written here after it, as the office reckons: its last correction
// that stands, or what withdraws it, or itself. What is a draft or came back changes nothing.
export function newest(item, items) {
  const after = items.filter((one) => one.content.corrects === item.id && (one.receipt || one.state === "waiting" || one.state === "sending"));
  for (const one of after.sort((a, b) => b.readyAt - a.readyAt || (a.id < b.id ? 1 : -1))) {
    const last = newest(one, items);
    if (last === one) return one;
    if (last.content.kind !== "void") return last;  // else that one was withdrawn: what was before counts again
  }
  return item;
}

// In whose place it was written, by id, the first one first.
const earlier = (item) => (item.instead ? [...(item.before ?? []), item.instead] : []);

// What has been written anew, by id, whether that has arrived or not.
export const writtenAnew = (items) => new Set(items.flatMap(earlier));

// What the new one has made needless, by id: all versions before it, or the first would seem to be still unsent.
export function replaced(items) {
  const arrived = writtenAnew(items.filter((item) => item.receipt));
  return items.filter((item) => arrived.has(item.id) && mayThrowAway(item)).map((item) => item.id);
}

// What goes when its writer lets this one go, by id: with one that came back all versions before it, which say the
// same; with a draft nothing else, and what came back lies there again.
export function letGo(item, items) {
  const also = item.state === "draft" ? [] : earlier(item);
  return [item.id, ...items.filter((one) => also.includes(one.id) && mayThrowAway(one)).map((one) => one.id)];
}

// On the way -------------------------------------------------------------------------------------------------

export function begun(item) {
  if (item.state !== "waiting") throw new NotNow(item.state);
  return to(item, "sending", { tries: item.tries + 1 });
}

export const interrupted = (item) => (item.state === "sending" ? to(item, "waiting") : item);

export const woken = (items) => items.map(interrupted);

// What the server said of one entry, as it came: `state` receipt, refused, retry or other_content. What comes late,
// after the sending was given up, counts only if it is a receipt: that is true whenever it is heard.
export function answered(item, told, at) {
  if (told.state === "receipt" && item.state !== "draft") {
    const wanted = new Set(told.wanted ?? []);
    const pictures = item.pictures.map((one) => ({ ...one, arrived: one.arrived === "refused" ? "refused" : !wanted.has(one.sha256) }));
    const beside = told.beside?.length ? told.beside : null;
    const kept = { receipt: told.receipt, heardAt: at, pictures, beside, said: null, settled: false };
    return to(item, beside ? "conflict" : "delivered", kept);
  }
  if (item.state !== "sending") return item;
  if (told.state === "refused") {
    return to(item, "returned", { code: told.code, said: told.said, faults: told.faults ?? [] });
  }
  if (told.state === "other_content") return to(item, "conflict", { said: told.said, there: told.there ?? null });
  return to(item, "waiting");
}

// The office says which entries still differ ([[id, id] …]). One that is in the file goes from delivered to conflict
// and back by it.
export function compared(item, differ) {
  if (!item.receipt) return item;
  const others = differ.filter((pair) => pair.includes(item.id)).map((pair) => pair.find((id) => id !== item.id));
  if (item.state === "delivered" && others.length && !item.settled) {
    return to(item, "conflict", { beside: others.map((id) => ({ id })) });
  }
  if (item.state === "conflict" && !others.length) return to(item, "delivered", { beside: null });
  return item;
}

// Its writer has looked at both and stands by it, or has corrected it: the entry is in the file either way.
export function settled(item) {
  if (item.state !== "conflict" || !item.receipt) throw new NotNow(item.state);
  return to(item, "delivered", { settled: true });
}

// A picture has arrived, or the server will not have it.
export function pictured(item, sha256, arrived, said = null) {
  return { ...item, pictures: item.pictures.map((one) => (one.sha256 === sha256 ? { ...one, arrived, said } : one)) };
}

// After the server went back to an older copy ------------------------------------------------------------------

// What it is to be asked about: [[id, digest] …] of all that it gave a receipt for.
export const witnessed = (items) => items.filter((item) => item.receipt).map((item) => [item.id, item.receipt.digest]);

// It is missing these: to be sent again as they were, pictures too. Gives the items that change.
export function missed(items, missing) {
  const lost = new Set(missing);
  return items
    .filter((item) => item.receipt && lost.has(item.id))
    .map((item) => to(item, "waiting", {
      receipt: null,
      beside: null,
      pictures: item.pictures.map((one) => ({ ...one, arrived: false })),
    }));
}

// What may be forgotten: delivered longer ago than any copy that a server would go back to, with its pictures.
export function forgettable(items, now, days) {
  const before = now - days * 86_400_000;
  return items
    .filter((item) => item.state === "delivered" && item.heardAt < before && !picturesToSend(item).length)
    .map((item) => item.id);
}

// Counts ---------------------------------------------------------------------------------------------------

export const picturesToSend = (item) => (item.receipt ? item.pictures.filter((one) => !one.arrived) : []);

export function counts(items) {
  const found = Object.fromEntries(STATES.map((state) => [state, 0]));
  for (const item of items) found[item.state] += 1;
  return found;
}

// What the office does not yet have: the number on every page.
export function unsent(items) {
  const again = writtenAnew(items);
  return items.filter((item) => !item.receipt && !again.has(item.id)).length;
}

// Sending ----------------------------------------------------------------------------------------------------

const sizeOf = (item) => 400 + JSON.stringify(item.content).length * 3;

// In the order in which they were finished; an entry after the one that it corrects, and not while that lies here as
// one that cannot go: a draft, or what came back.
export function nextBatch(items, { most = 100, bytes = 500 * 1024, size = sizeOf, passed = new Set() } = {}) {
  const batch = [];
  const going = new Set();
  let sum = 0;
  const unsure = new Set(items.filter((one) => !one.receipt).map((one) => one.id));
  const order = (a, b) => a.readyAt - b.readyAt || (a.id < b.id ? -1 : 1);
  let left = items.filter((one) => one.state === "waiting" && !passed.has(one.id)).sort(order).map((one) => pointed(one, items));
  for (let before = -1; going.size > before;) {  // again while it let something go that others wait for
    before = going.size;
    const held = [];
    for (const item of left) {
      const { corrects } = item.content;
      if (unsure.has(corrects) && !going.has(corrects)) {
        held.push(item);
        continue;
      }
      if (batch.length === most || (batch.length && sum + size(item) > bytes)) return batch;
      batch.push(item);
      going.add(item.id);
      sum += size(item);
    }
    left = held;
  }
  return batch;
}

// One run of sending, as a generator: it yields what is to be done and is given back what came of it. Whoever runs
// it may stop at any yield and never come back; that is what a killed page does.
//   {do: "keep", items, forget, mark, epoch}   keep all of it or nothing, before going on; then what is kept is current
//   {do: "send", items}                  → {results, mark, epoch, restored, at} or {failed: code, said}
//   {do: "picture", item, picture}       → {state: "receipt" | "refused", said} or {failed: code}
//   {do: "check", sent: [[id, digest] …]} → {missing, epoch} or {failed: code}
// `failed` is a code of the contract, or "unknown" where nothing came back.
// `current()` gives the items as they are kept now: more may be written while this runs. `known` is the server's epoch
// as it was kept; `check` asks for the check of the day. Returns {ended: "done" | code, sent, returned, conflicts}.
export function* delivery(current, { known = null, check = false, ...limits } = {}) {
  const told = { ended: "done", sent: 0, returned: 0, conflicts: 0 };
  const passed = new Set();
  let most = limits.most ?? 100;
  let epoch = known;
  let ask = check;
  for (;;) {
    if (ask) {
      const came = yield* checking(current);
      if (came.failed) return { ...told, ...came, ended: came.failed };
      [epoch, ask] = [came.epoch ?? epoch, false];
    }
    // at every start too: a page that was killed after the receipt had not come so far
    const needless = replaced(current());
    if (needless.length) yield { do: "keep", items: [], forget: needless };
    const batch = nextBatch(current(), { ...limits, most, passed });
    if (!batch.length) break;
    const going = batch.map(begun);
    yield { do: "keep", items: going };
    const came = yield { do: "send", items: going };
    if (came.failed) {
      yield { do: "keep", items: going.map(interrupted) };
      if (came.failed === "too_large" && most > 1) {
        most = Math.max(1, Math.floor(batch.length / 2));
        continue;
      }
      return { ...told, ...came, ended: came.failed };
    }
    const said = new Map(came.results.map((one) => [one.id, one]));
    const after = going.map((item) => answered(item, said.get(item.id) ?? { state: "retry" }, came.at));
    if (came.restored || (epoch !== null && came.epoch !== epoch)) ask = true;
    // the new epoch is kept only after the check: a page that is killed in between asks again
    yield { do: "keep", items: after, ...(ask ? {} : { mark: came.mark, epoch: came.epoch }) };
    if (!ask) epoch = came.epoch;
    for (const item of after) {
      if (item.receipt) told.sent += 1;
      if (item.state === "conflict") told.conflicts += 1;
      if (item.state === "returned") told.returned += 1;
      if (item.state === "waiting") passed.add(item.id);  // not again in this run, or it would never end
    }
  }
  for (const item of current()) {
    for (const picture of picturesToSend(item)) {
      const came = yield { do: "picture", item, picture };
      if (came.failed) return { ...told, ...came, ended: came.failed };
      const now = current().find((one) => one.id === item.id);
      if (!now) break;
      const arrived = came.state === "receipt" ? true : "refused";
      yield { do: "keep", items: [pictured(now, picture.sha256, arrived, came.said ?? null)] };
    }
  }
  return told;
}

const AT_ONCE = 1000;

// Ask the server what it has no more, all of it before its epoch counts as known.
function* checking(current) {
  const sent = witnessed(current());
  let epoch = null;
  for (let from = 0; from === 0 || from < sent.length; from += AT_ONCE) {
    const came = yield { do: "check", sent: sent.slice(from, from + AT_ONCE) };
    if (came.failed) return came;
    const again = missed(current(), came.missing);
    if (again.length) yield { do: "keep", items: again };
    epoch = came.epoch;
  }
  yield { do: "keep", items: [], epoch };
  return { epoch };
}
