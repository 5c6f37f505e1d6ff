// The page itself, kept on the device. A new version is fetched whole beside the old one; it takes over only when
// the worker says so and nothing is being written: drafts would otherwise meet a form they were not written in.

const POINTER = "/phone/pointer";
const BASE = "guitu-phone";
const nameOf = (version) => `${BASE}-${version}`;

export const running = document.documentElement.dataset.version;

async function pointer() {
  const kept = await (await caches.open(BASE)).match(POINTER);
  return kept ? kept.text() : "";
}

async function point(version) {
  await (await caches.open(BASE)).put(POINTER, new Response(version));
  for (const name of await caches.keys()) {
    if (name.startsWith(`${BASE}-`) && name !== nameOf(version)) await caches.delete(name);
  }
}

// Fetch the newest version, whole or not at all. Returns it if another one is running, else "".
async function fetched() {
  const answer = await fetch("/phone/shell.json", { cache: "no-store" });
  if (!answer.ok) return "";
  const { version, files } = await answer.json();
  const name = nameOf(version);
  if (!(await caches.has(name))) {
    const making = `${name}.new`;
    await caches.delete(making);
    const cache = await caches.open(making);
    await cache.addAll(files);
    const whole = await caches.open(name);
    for (const request of await cache.keys()) await whole.put(request, await cache.match(request));
    await caches.delete(making);
  }
  if (!(await pointer())) await point(version);
  return version === running ? "" : version;
}

// Keep the page on this device from now on; tells whether a newer version lies ready.
export async function keepShell() {
  if (!("serviceWorker" in navigator) || !("caches" in window)) return "";
  await navigator.serviceWorker.register("/phone/worker.js", { scope: "/phone/" });
  try {
    return await fetched();
  } catch {
    return "";  // no network: what is kept goes on
  }
}

export async function takeShell(version) {
  await point(version);
  location.reload();
}
