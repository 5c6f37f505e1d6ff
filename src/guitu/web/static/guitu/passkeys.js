// Passkeys: asks the server what to sign, the device to sign it, and sends the form with the answer.
// Without script, or in a browser that has no passkeys, these forms stay hidden and the other ways remain.

const english = document.documentElement.lang.startsWith("en");
const say = (zh, en) => (english ? en : zh);

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
  .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

const described = (list) => (list || []).map((each) => ({ ...each, id: bytes(each.id) }));

function readable(options) {
  const key = { ...options.publicKey, challenge: bytes(options.publicKey.challenge) };
  if (key.user) key.user = { ...key.user, id: bytes(key.user.id) };
  if (key.excludeCredentials) key.excludeCredentials = described(key.excludeCredentials);
  if (key.allowCredentials) key.allowCredentials = described(key.allowCredentials);
  return { publicKey: key };
}

function written(credential) {
  const { response } = credential;
  const parts = { clientDataJSON: text(response.clientDataJSON) };
  if (response.attestationObject) parts.attestationObject = text(response.attestationObject);
  if (response.authenticatorData) parts.authenticatorData = text(response.authenticatorData);
  if (response.signature) parts.signature = text(response.signature);
  if (response.userHandle) parts.userHandle = text(response.userHandle);
  return JSON.stringify({
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    response: parts,
    clientExtensionResults: {},
  });
}

async function ask(form) {
  const token = form.elements.namedItem("csrfmiddlewaretoken").value;
  const answer = await fetch("/passkey/ask/", {
    method: "POST",
    headers: { "X-CSRFToken": token, "Content-Type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ for: form.dataset.passkey }),
  });
  if (answer.status === 401) { window.location.reload(); return null; }
  if (!answer.ok) throw new Error(String(answer.status));
  return readable(await answer.json());
}

async function use(form) {
  const said = form.querySelector("[data-passkey-said]");
  const box = form.elements.namedItem("credential");
  said.textContent = "";
  try {
    const options = await ask(form);
    if (!options) return;
    const adding = form.dataset.passkey === "add";
    const credential = await (adding ? navigator.credentials.create(options) : navigator.credentials.get(options));
    box.value = written(credential);
    form.submit();
  } catch (problem) {
    box.value = "";
    said.textContent = problem.name === "InvalidStateError"
      ? say("这台设备上已有本账号的通行密钥。", "This device already holds a passkey of this account.")
      : say("没有完成，什么也没有改动；可以再按一次。", "Not finished, and nothing was changed; you can press again.");
  }
}

if (window.PublicKeyCredential && navigator.credentials) {
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", (event) => { event.preventDefault(); use(form); });
  }
}
