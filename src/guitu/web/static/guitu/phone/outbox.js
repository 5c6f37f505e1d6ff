// What has been written here and how far it has come. Pure: no page, no store, no network, no clock and no dice.
// Whoever uses it passes in the time and the ids, keeps what it says to keep, and sends what it says to send.
//
// An entry is always in exactly one state:
//   draft      being written; may be changed and thrown away
//   waiting    finished, to be sent
//   sending    handed to the network; nobody knows yet whether it arrived
//   delivered  the server gave a receipt for it: the only proof there is
//   returned   the server refused it and says why; its writer mends it or lets it go
//   conflict   the server has other content under the same id; a person chooses, both are kept
//
// Nothing is lost when the page is killed: what is kept as `sending` is `waiting` again when the page comes back,
// and the server takes the same id once however often it comes. Nothing is lost when the server goes back to an
// older copy of itself: its epoch is another one then, and all that was delivered to the old one is sent again.
//
// A picture or a signature is an item of its own whose `after` names the entry that must be delivered first.

export const STATES = ["draft", "waiting", "sending", "delivered", "returned", "conflict"];
export const UNSENT = new Set(["draft", "waiting", "sending", "returned", "conflict"]);

export class NotNow extends Error {}

const ALLOWED = {
  draft: new Set(["waiting"]),
  waiting: new Set(["sending", "draft", "delivered"]),
  sending: new Set(["waiting", "delivered", "returned", "conflict"]),
  delivered: new Set(["waiting"]),
  returned: new Set(["draft", "delivered"]),
  conflict: new Set(["delivered"]),
};

function to(item, state, changes = {}) {
  if (!ALLOWED[item.state].has(state)) throw new NotNow(`${item.state} → ${state}`);
  return { ...item, ...changes, state };
}

// Writing --------------------------------------------------------------------------------------------------

// A new draft. `content` is what the server will be sent; `at` is milliseconds by this device's clock.
export function draft(id, content, { at, after = null, sort = "entry" }) {
  return { id, sort, after, content, state: "draft", madeAt: at, readyAt: null, tries: 0, receipt: null, reason: null };
}

export function typed(item, content) {
  if (item.state !== "draft") throw new NotNow(item.state);
  return { ...item, content };
}

export function ready(item, at) {
  return to(item, "waiting", { readyAt: at, reason: null });
}

// Back into a draft. What was handed to the network once may have arrived: it is corrected, not changed.
export function takenBack(item) {
  if (item.state === "waiting" && item.tries) throw new NotNow("tried");
  return to(item, "draft");
}

export const mayThrowAway = (item) => item.state === "draft" || item.state === "returned";

// On the way -------------------------------------------------------------------------------------------------

export const begun = (item) => to(item, "sending", { tries: item.tries + 1 });

export const interrupted = (item) => (item.state === "sending" ? to(item, "waiting") : item);

// What the server said of one item: {is: "receipt", receipt, epoch, at} · {is: "refused", code, reason: {zh, en}} ·
// {is: "other", theirs, receipt, epoch} · {is: "later"}. An answer that comes late, after the sending was given up,
// counts only if it is a receipt: that is true whenever it is heard.
export function answered(item, said) {
  if (item.state === "draft" || item.state === "delivered" || item.state === "conflict") return item;
  if (said.is === "receipt") {
    return to(item, "delivered", { receipt: said.receipt, epoch: said.epoch, deliveredAt: said.at, reason: null });
  }
  if (item.state !== "sending") return item;
  if (said.is === "refused") return to(item, "returned", { reason: said.reason, code: said.code });
  if (said.is === "other") {
    return to(item, "conflict", { theirs: said.theirs, receipt: said.receipt, epoch: said.epoch, deliveredAt: said.at });
  }
  return to(item, "waiting");
}

// A conflict is a person's to settle. What the server has stays; `mine` is kept beside it, and may be sent as a
// correction of it under an id of its own.
export function keepTheirs(item) {
  return to(item, "delivered", { mine: item.content, content: item.theirs, theirs: null });
}

export function sendMine(item, id, at) {
  const settled = keepTheirs(item);
  return [settled, ready(draft(id, { ...item.content, corrects: item.id }, { at, sort: item.sort }), at)];
}

// The page is back -------------------------------------------------------------------------------------------

export const woken = (items) => items.map(interrupted);

// The server is at `epoch` now. Returns the items that change: all that another epoch gave a receipt for.
export function restored(items, epoch) {
  return items
    .filter((item) => item.state === "delivered" && item.epoch !== epoch && !item.mine)
    .map((item) => to(item, "waiting", { lostReceipt: item.receipt, receipt: null }));
}

// What may be forgotten: delivered longer ago than any copy that a server would go back to, and nothing that is
// still to be sent needs it.
export function forgettable(items, now, days) {
  const needed = new Set(items.filter((item) => UNSENT.has(item.state)).map((item) => item.after));
  const before = now - days * 86_400_000;
  return items.filter(
    (item) => item.state === "delivered" && (item.heardAt ?? item.deliveredAt ?? now) < before && !needed.has(item.id),
  );
}

// Counts for the bar on top of every page.
export function counts(items) {
  const found = Object.fromEntries(STATES.map((state) => [state, 0]));
  for (const item of items) found[item.state] += 1;
  return found;
}

// Sending ----------------------------------------------------------------------------------------------------

// Entries go before pictures, in the order in which they were finished; a picture waits for its entry's receipt.
export function nextBatch(items, { most = 50, bytes = 512 * 1024, size = () => 1024, passed = new Set() } = {}) {
  const byId = new Map(items.map((item) => [item.id, item]));
  const may = (item) => {
    if (item.state !== "waiting" || passed.has(item.id)) return false;
    const first = item.after && byId.get(item.after);
    return !first || first.state === "delivered";
  };
  const order = (a, b) => Boolean(a.after) - Boolean(b.after) || a.readyAt - b.readyAt || (a.id < b.id ? -1 : 1);
  const batch = [];
  let sum = 0;
  for (const item of items.filter(may).sort(order)) {
    if (batch.length && (item.sort !== batch[0].sort || sum + size(item) > bytes)) break;
    batch.push(item);
    sum += size(item);
    if (batch.length === most) break;
  }
  return batch;
}

// One run of sending, as a generator: it yields what is to be done and is given back what came of it. Whoever runs
// it may stop at any yield and never come back; that is what a killed page does.
//   {do: "keep", items}   keep these, all or none, before going on
//   {do: "send", items}   → {answers: Map id → said, epoch} or {failed: "network" | "token" | "closed" | "later"}
//   {do: "renew"}         → true if the session is good again
// It returns {ended: "done" | "network" | "token" | "closed" | "later", sent, returned, conflicts}.
// `current()` gives the queue as it is kept now: more may be written while this runs.
export function* delivery(current, limits = {}) {
  const passed = new Set();
  const told = { sent: 0, returned: 0, conflicts: 0 };
  let renewed = false;
  for (;;) {
    const batch = nextBatch(current(), { ...limits, passed });
    if (!batch.length) return { ended: "done", ...told };
    const going = batch.map(begun);
    yield { do: "keep", items: going };
    const came = yield { do: "send", items: going };
    if (came.failed) {
      yield { do: "keep", items: going.map(interrupted) };
      if (came.failed === "token" && !renewed && (renewed = yield { do: "renew" })) continue;
      return { ended: came.failed, ...told };
    }
    const after = going.map((item) => {
      const said = came.answers.get(item.id) ?? { is: "later" };
      return answered(item, { epoch: came.epoch, at: came.at, ...said });
    });
    yield { do: "keep", items: after };
    for (const item of after) {
      if (item.state === "delivered") told.sent += 1;
      if (item.state === "returned") told.returned += 1;
      if (item.state === "conflict") told.conflicts += 1;
      if (item.state === "waiting") passed.add(item.id);  // not again in this run, or it would never end
    }
  }
}
