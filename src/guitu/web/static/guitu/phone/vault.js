// Everything on the device is encrypted, with keys that only the PIN opens.
//
// Two data keys of 256 bits, made on the device: `reading` for what was fetched (people, duties, forms) and
// `writing` for what was written here. Each is kept wrapped by a key that PBKDF2 makes of the PIN, a random salt
// and a key of the device that cannot be taken out of the browser. Destroying the wrapped `reading` key wipes all
// that was fetched, whatever the disk still holds; `writing` is never destroyed while something is unsent.
//
// A PIN has few digits: who copies the whole browser profile off the device can try them all. It holds up against
// a phone that was lost or lent, with the phone's own lock before it; not against a laboratory.

export const ROUNDS = 600_000;
export const MOST_TRIES = 10;
const FREE_TRIES = 4;
const AES = { name: "AES-GCM", length: 256 };
const encoder = new TextEncoder();
const decoder = new TextDecoder();

export class WrongPin extends Error {}

// Milliseconds before the next try may be made, after so many wrong ones.
export function waitAfter(wrong) {
  return wrong <= FREE_TRIES ? 0 : Math.min(2 ** (wrong - FREE_TRIES) * 15_000, 3_600_000);
}

// What is wrong with a PIN, if anything: too short, all the same, or simply counted up or down.
export function weak(pin) {
  if (!/^\d{6,12}$/.test(pin)) return "short";
  const steps = new Set([...pin].slice(1).map((digit, place) => Number(digit) - Number(pin[place])));
  return steps.size === 1 && [0, 1, -1].includes([...steps][0]) ? "simple" : "";
}

const random = (length) => crypto.getRandomValues(new Uint8Array(length));

async function pinKey(pin, salt, device, rounds) {
  const given = await crypto.subtle.importKey("raw", encoder.encode(pin), "PBKDF2", false, ["deriveBits"]);
  const bits = await crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds }, given, 256);
  const bound = await crypto.subtle.sign("HMAC", device, bits);
  return crypto.subtle.importKey("raw", bound, AES, false, ["wrapKey", "unwrapKey"]);
}

const deviceKey = () => crypto.subtle.generateKey({ name: "HMAC", hash: "SHA-256" }, false, ["sign"]);

async function wrapped(key, by) {
  const iv = random(12);
  return { iv, bytes: await crypto.subtle.wrapKey("raw", key, by, { name: "AES-GCM", iv }) };
}

const dataKey = () => crypto.subtle.generateKey(AES, true, ["encrypt", "decrypt"]);

async function opened(kept, by, extractable = false) {
  try {
    const how = { name: "AES-GCM", iv: kept.iv };
    return await crypto.subtle.unwrapKey("raw", kept.bytes, by, how, AES, extractable, ["encrypt", "decrypt"]);
  } catch {
    throw new WrongPin();
  }
}

// A new lock for this PIN. Returns what is kept of it in the open: it says nothing without the PIN.
export async function newLock(pin, rounds = ROUNDS) {
  const [salt, device] = [random(16), await deviceKey()];
  const by = await pinKey(pin, salt, device, rounds);
  const [reading, writing] = await Promise.all([dataKey(), dataKey()]);
  return { salt, device, rounds, reading: await wrapped(reading, by), writing: await wrapped(writing, by) };
}

// The two keys, for as long as the page holds them. `reading` is null after a wipe. Throws WrongPin.
export async function unlock(lock, pin) {
  const by = await pinKey(pin, lock.salt, lock.device, lock.rounds);
  const writing = await opened(lock.writing, by);
  return { writing, reading: lock.reading ? await opened(lock.reading, by) : null };
}

// The same keys under another PIN.
export async function relocked(lock, old, pin, rounds = ROUNDS) {
  const before = await pinKey(old, lock.salt, lock.device, lock.rounds);
  const writing = await opened(lock.writing, before, true);
  const reading = lock.reading ? await opened(lock.reading, before, true) : await dataKey();
  const salt = random(16);
  const by = await pinKey(pin, salt, lock.device, rounds);
  return { ...lock, salt, rounds, reading: await wrapped(reading, by), writing: await wrapped(writing, by) };
}

// After a wipe: a new key for what will be fetched from now on, under the same PIN.
export async function readingAgain(lock, pin) {
  const by = await pinKey(pin, lock.salt, lock.device, lock.rounds);
  await opened(lock.writing, by);
  return { ...lock, reading: await wrapped(await dataKey(), by) };
}

// Sealing. `about` (store and key) is bound to what is sealed: a record cannot be put in the place of another.
export async function sealed(key, value, about) {
  const iv = random(12);
  const how = { name: "AES-GCM", iv, additionalData: encoder.encode(about) };
  return { iv, bytes: await crypto.subtle.encrypt(how, key, encoder.encode(JSON.stringify(value))) };
}

export async function unsealed(key, kept, about) {
  const how = { name: "AES-GCM", iv: kept.iv, additionalData: encoder.encode(about) };
  return JSON.parse(decoder.decode(await crypto.subtle.decrypt(how, key, kept.bytes)));
}
