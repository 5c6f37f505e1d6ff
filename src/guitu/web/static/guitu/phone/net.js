// Asking the server, as docs/reference/phone-sync.md says. Every call ends in data or in `failed` with the contract's
// code; what is neither is "unknown": sent again later.

const PATIENCE = 60_000;
export const APP = "1.0.0";

function inTime(promise) {
  let timer;
  const late = new Promise((_, bad) => { timer = setTimeout(() => bad(new Error("cut")), PATIENCE); });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

export class Net {
  constructor() {
    this.bearer = null;    // {device, token}
    this.offset = 0;       // the server's clock minus this one's, in milliseconds
    this.waiting = 0;
  }

  now() {
    return Date.now() + this.offset;
  }

  async call(path, { body, type = "application/json", session = null } = {}) {
    const began = Date.now();
    const giveUp = new AbortController();
    const timer = setTimeout(() => giveUp.abort(), PATIENCE);
    const headers = { "X-Guitu-App": APP, "X-Guitu-Waiting": String(this.waiting) };
    if (session) headers["X-CSRFToken"] = session;
    else headers.Authorization = `Guitu ${this.bearer.device}.${this.bearer.token}`;
    if (body !== undefined) headers["Content-Type"] = type;
    const sent = body === undefined || body instanceof Blob ? body : JSON.stringify(body);
    try {
      const answer = await fetch(path, {
        method: body === undefined ? "GET" : "POST", headers, body: sent, signal: giveUp.signal,
        credentials: session ? "same-origin" : "omit", cache: "no-store", redirect: "manual",
      });
      this.#clock(answer, began);
      if (answer.ok && answer.headers.get("Content-Type")?.startsWith("application/x-ndjson")) return { answer };
      if (answer.status === 204) return {};
      const told = answer.headers.get("Content-Type")?.startsWith("application/json") ? await answer.json() : null;
      if (answer.ok && told) return { ...told, at: this.now() };
      return { failed: told?.code ?? "unknown", ...told };
    } catch {
      return { failed: "unknown" };
    } finally {
      clearTimeout(timer);
    }
  }

  #clock(answer, began) {
    const told = Date.parse(answer.headers.get("X-Guitu-Now") ?? "");
    if (!Number.isNaN(told)) this.offset = Math.round(told - (began + Date.now()) / 2);
  }

  // The lines of an answer, as they come. Throws where it is cut.
  static async *lines(answer) {
    const reader = answer.body.getReader();
    const decoder = new TextDecoder();
    let rest = "";
    for (;;) {
      const { value, done } = await inTime(reader.read());
      rest += decoder.decode(value, { stream: !done });
      const lines = rest.split("\n");
      rest = lines.pop();
      for (const line of lines) if (line) yield JSON.parse(line);
      if (done) break;
    }
    if (rest.trim()) yield JSON.parse(rest);
  }

  // Whose session this browser has, and the token of its forms; null without a network.
  static async session() {
    try {
      const answer = await fetch("/phone/shell.json", { cache: "no-store" });
      return answer.ok ? await answer.json() : null;
    } catch {
      return null;
    }
  }
}
