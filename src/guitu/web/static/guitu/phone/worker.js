// Answers for the phone's page while there is no network. It only serves what the page has kept (shell.js): which
// version that is says the pointer, and only the page moves it, when nothing is being written. A new version of this
// script therefore never changes the page under somebody's hands.

const POINTER = "/phone/pointer";

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

async function kept(address) {
  const pointer = await caches.match(POINTER, { cacheName: "guitu-phone" });
  if (!pointer) return undefined;
  const cacheName = `guitu-phone-${await pointer.text()}`;
  return caches.match(address, { cacheName, ignoreVary: true });
}

async function answer(request, address) {
  return (await kept(address)) ?? fetch(request);
}

addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  const page = request.mode === "navigate" && pathname === "/phone/";
  if (page || pathname.startsWith("/static/")) event.respondWith(answer(request, pathname));
});
