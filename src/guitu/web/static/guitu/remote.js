// The room of a call. Two browsers find each other through the house's own server and then speak directly: addresses of
// this network only (no STUN, no TURN), nothing recorded. Without camera or microphone the words below still work.

const english = document.documentElement.lang.startsWith("en");
const tell = (zh, en) => (english ? en : zh);
const LISTEN_MS = 900;
const GATHER_MS = 2500;
const LOST_MS = 12000;

const room = document.querySelector("[data-room]");
const part = (name) => room.querySelector(`[data-${name}]`);
const there = part("there");
const own = part("own");
const state = part("state");
const acts = part("acts");
const devices = part("devices");
const token = room.querySelector("[name=csrfmiddlewaretoken]").value;

const call = {
  by: "",
  after: Number(room.dataset.after),
  stream: null,
  peer: null,
  other: "",
  session: 0,
  timer: 0,
  waitingSince: 0,
  excuse: "",
};

function showState(words) { if (state.textContent !== words) state.textContent = words; }

async function send(what, text) {
  const form = new FormData();
  form.append("csrfmiddlewaretoken", token);
  form.append("place", room.dataset.place);
  form.append("what", what);
  form.append("text", text);
  const answer = await fetch(room.dataset.say, { method: "POST", body: form, headers: { "HX-Request": "false" } });
  if (!answer.ok) throw new Error(String(answer.status));
}

// Who is there, and what was left -------------------------------------------------------------------------------

async function listen() {
  window.clearTimeout(call.timer);
  if (!call.by) return;
  try {
    const query = new URLSearchParams({ place: room.dataset.place, after: String(call.after), by: call.by });
    const answer = await fetch(`${room.dataset.heard}?${query}`, { headers: { Accept: "application/json" } });
    if (answer.status === 404 || answer.redirected) { over(); return; }
    if (answer.ok) await take(await answer.json());
  } catch {
    showState(tell("暂时连不上服务器，正在重试……", "The server cannot be reached; trying again …"));
  }
  if (call.by) call.timer = window.setTimeout(listen, LISTEN_MS);
}

async function take(told) {
  call.after = told.after;
  showPresent(told.here);
  for (const word of told.said) {
    if (word.what === "text") showWord(word.at, word.name, word.text, false);
    else await heardSession(word.place, JSON.parse(word.text));
  }
  const others = told.here.filter((one) => one.side !== room.dataset.side && one.by !== "text");
  const other = others.at(-1);
  if (!other || call.by === "text") {
    if (call.peer && !others.some((one) => one.place === call.other)) hangUp();
    if (!call.peer) showState(waitingWords(told.here));
    return;
  }
  if (call.other && !others.some((one) => one.place === call.other)) hangUp();
  // The centre calls; the hospital answers. A call that does not come about is made anew.
  if (room.dataset.side === "centre") {
    const stuck = call.peer && call.peer.connectionState !== "connected" && Date.now() - call.waitingSince > LOST_MS;
    if (stuck) hangUp();
    if (!call.peer) await offer(other.place);
  }
}

function waitingWords(here) {
  if (call.excuse) return tell(`${call.excuse}：用文字进入，也可以改用电话。`, `${call.excuse}: you are in by words; or use the telephone.`);
  const away = !here.some((one) => one.side !== room.dataset.side);
  if (away) return tell("您已进入，等对方进来。", "You are in; waiting for the other side.");
  return tell("对方在，用文字交谈。", "The other side is here; speak in words.");
}

function showPresent(here) {
  const list = part("present");
  const key = JSON.stringify(here.map((one) => [one.place, one.by]));
  if (list.dataset.key === key) return;
  list.dataset.key = key;
  list.replaceChildren(...here.map((one) => {
    const item = document.createElement("li");
    const name = document.createElement("b");
    name.textContent = one.name;
    const how = document.createElement("span");
    how.className = "meta";
    const self = one.place === room.dataset.place ? tell(" · 您自己", " · you") : "";
    how.textContent = ` ${one.where} · ${one.how}${self}`;
    item.append(name, how);
    return item;
  }));
}

function showWord(at, name, text, mine) {
  const item = document.createElement("li");
  if (mine) item.className = "own";
  const who = document.createElement("span");
  who.className = "meta";
  who.textContent = `${at} ${name}`;
  item.append(who, ` ${text}`);
  const list = part("words");
  list.append(item);
  list.scrollTop = list.scrollHeight;
}

// Browser to browser --------------------------------------------------------------------------------------------

function connect(place) {
  hangUp();
  const peer = new RTCPeerConnection({ iceServers: [] });
  call.peer = peer;
  call.other = place;
  call.waitingSince = Date.now();
  peer.addEventListener("track", (event) => {
    if (event.track.kind !== "video" && there.srcObject) { there.srcObject.addTrack(event.track); return; }
    const stream = there.srcObject || new MediaStream();
    stream.addTrack(event.track);
    there.srcObject = stream;
    there.play().catch(() => {});
  });
  peer.addEventListener("connectionstatechange", () => {
    if (call.peer !== peer) return;
    if (peer.connectionState === "connected") showState(tell("已接通。", "Connected."));
    if (peer.connectionState === "failed") {
      hangUp();
      showState(tell("两台电脑之间不通：请用文字或者电话，并写明原因。",
        "The two computers do not reach each other: use words or the telephone, and say why."));
    }
  });
  showState(tell("正在接通……", "Connecting …"));
  return peer;
}

const wanted = () => ["audio", "video"];
const ownTrack = (kind) => call.stream?.getTracks().find((track) => track.kind === kind) || null;

/** All addresses at once, in one message: they are few on one network. */
async function described(peer) {
  if (peer.iceGatheringState !== "complete") {
    await Promise.race([
      new Promise((resolve) => {
        peer.addEventListener("icegatheringstatechange", () => {
          if (peer.iceGatheringState === "complete") resolve();
        });
      }),
      new Promise((resolve) => { window.setTimeout(resolve, GATHER_MS); }),
    ]);
  }
  return peer.localDescription;
}

async function offer(place) {
  const peer = connect(place);
  for (const kind of wanted()) {
    const track = ownTrack(kind);
    peer.addTransceiver(track || kind, { direction: "sendrecv", streams: call.stream ? [call.stream] : [] });
  }
  await peer.setLocalDescription(await peer.createOffer());
  const local = await described(peer);
  if (call.peer !== peer) return;
  call.session += 1;
  await send("sdp", JSON.stringify({ to: place, session: call.session, type: local.type, sdp: local.sdp }));
}

async function heardSession(place, told) {
  if (told.to !== room.dataset.place || call.by === "text") return;
  if (told.type === "offer" && room.dataset.side === "hospital") {
    const peer = connect(place);
    await peer.setRemoteDescription({ type: "offer", sdp: told.sdp });
    for (const line of peer.getTransceivers()) {
      const track = ownTrack(line.receiver.track.kind);
      line.direction = "sendrecv";
      if (track) await line.sender.replaceTrack(track);
    }
    await peer.setLocalDescription(await peer.createAnswer());
    const local = await described(peer);
    if (call.peer !== peer) return;
    await send("sdp", JSON.stringify({ to: place, session: told.session, type: local.type, sdp: local.sdp }));
  }
  if (told.type === "answer" && call.peer && place === call.other && told.session === call.session
      && call.peer.signalingState === "have-local-offer") {
    await call.peer.setRemoteDescription({ type: "answer", sdp: told.sdp });
  }
}

function hangUp() {
  if (call.peer) call.peer.close();
  call.peer = null;
  call.other = "";
  there.srcObject = null;
}

// Camera and microphone -----------------------------------------------------------------------------------------

const WHY = {
  NotAllowedError: ["没有得到使用摄像头、麦克风的许可", "the camera or microphone was not allowed"],
  NotFoundError: ["没有找到摄像头或者麦克风", "no camera or microphone was found"],
  NotReadableError: ["摄像头或者麦克风被别的程序占用", "the camera or microphone is used by another program"],
};

function why(fault) {
  const [zh, en] = WHY[fault?.name] || ["摄像头、麦克风不能用", "the camera and microphone cannot be used"];
  return tell(zh, en);
}

async function openDevices(by) {
  if (!navigator.mediaDevices) {
    throw Object.assign(new Error("insecure"), { name: "InsecureContext" });
  }
  const camera = part("camera").value;
  const microphone = part("microphone").value;
  const sees = by === "video" && room.dataset.video === "yes";
  return navigator.mediaDevices.getUserMedia({
    audio: microphone ? { deviceId: { exact: microphone } } : true,
    video: sees ? { width: { ideal: 640 }, height: { ideal: 480 }, ...(camera ? { deviceId: { exact: camera } } : {}) } : false,
  });
}

async function listDevices() {
  const found = await navigator.mediaDevices.enumerateDevices();
  for (const [box, kind, words] of [
    [part("camera"), "videoinput", tell("摄像头", "Camera")],
    [part("microphone"), "audioinput", tell("麦克风", "Microphone")],
  ]) {
    const chosen = box.value;
    const some = found.filter((one) => one.kind === kind);
    box.replaceChildren(...some.map((one, place) => new Option(one.label || `${words} ${place + 1}`, one.deviceId)));
    const track = ownTrack(kind === "videoinput" ? "video" : "audio");
    box.value = chosen || track?.getSettings().deviceId || some[0]?.deviceId || "";
    box.disabled = some.length === 0;
  }
  devices.hidden = false;
}

async function enter(by) {
  call.excuse = "";
  if (by !== "text") {
    try {
      call.stream = await openDevices(by);
    } catch (fault) {
      call.excuse = fault.name === "InsecureContext"
        ? tell("这台服务器不是 https，浏览器不开放摄像头", "this server is not reached by https, so the browser opens no camera")
        : why(fault);
      by = "text";
    }
  }
  call.by = by;
  own.srcObject = call.stream;
  if (call.stream) await listDevices();
  room.dataset.by = by;
  for (const button of acts.querySelectorAll("[data-go]")) button.hidden = true;
  part("out").hidden = false;
  part("mute").hidden = !ownTrack("audio");
  part("dark").hidden = !ownTrack("video");
  await listen();
}

function leave() {
  window.clearTimeout(call.timer);
  hangUp();
  for (const track of call.stream?.getTracks() || []) track.stop();
  call.stream = null;
  own.srcObject = null;
  if (!call.by) return;
  call.by = "";
  const form = new FormData();
  for (const [name, value] of [["csrfmiddlewaretoken", token], ["place", room.dataset.place], ["what", "leave"], ["text", ""]]) {
    form.append(name, value);
  }
  navigator.sendBeacon(room.dataset.say, form);
}

function over() {
  leave();
  acts.hidden = true;
  showState(tell("会诊已结束，或者不再开放。", "The consultation is over, or not open any more."));
}

async function change(kind) {
  if (!call.stream) return;
  try {
    const fresh = await openDevices(room.dataset.by);
    for (const track of fresh.getTracks()) {
      if (track.kind !== kind) { track.stop(); continue; }
      const before = ownTrack(kind);
      if (before) { call.stream.removeTrack(before); before.stop(); }
      call.stream.addTrack(track);
      const line = call.peer?.getSenders().find((one) => one.track?.kind === kind);
      if (line) await line.replaceTrack(track);
    }
  } catch (fault) {
    showState(why(fault));
  }
}

function toggle(button, kind, [on, off]) {
  const track = ownTrack(kind);
  if (!track) return;
  track.enabled = !track.enabled;
  button.setAttribute("aria-pressed", String(!track.enabled));
  button.textContent = track.enabled ? on : off;
}

// The page ------------------------------------------------------------------------------------------------------

acts.hidden = false;
acts.querySelector("[data-go=video]").hidden = room.dataset.video !== "yes";
showState(tell("还没有进入。选择怎样进入；浏览器会问是否准许使用摄像头和麦克风。",
  "You are not in yet. Choose how; the browser asks whether camera and microphone may be used."));
acts.addEventListener("click", (event) => {
  const go = event.target.closest("[data-go]");
  if (go) enter(go.dataset.go);
  else if (event.target.closest("[data-mute]")) toggle(event.target, "audio", [tell("静音", "Mute"), tell("取消静音", "Unmute")]);
  else if (event.target.closest("[data-dark]")) toggle(event.target, "video", [tell("关画面", "Picture off"), tell("开画面", "Picture on")]);
  else if (event.target.closest("[data-out]")) {
    leave();
    for (const button of acts.querySelectorAll("[data-go]")) button.hidden = button.dataset.go === "video" && room.dataset.video !== "yes";
    for (const name of ["out", "mute", "dark"]) part(name).hidden = true;
    showState(tell("您已离开。", "You have left."));
  }
});
part("camera").addEventListener("change", () => change("video"));
part("microphone").addEventListener("change", () => change("audio"));
part("say-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const box = event.target.elements.namedItem("text");
  const text = box.value.trim();
  if (!text) return;
  if (!call.by) await enter("text");
  try {
    await send("text", text);
    const now = new Date();
    const two = (n) => String(n).padStart(2, "0");
    showWord(`${two(now.getHours())}:${two(now.getMinutes())}`, tell("您", "You"), text, true);
    box.value = "";
  } catch {
    showState(tell("这句话没有发出去。", "This was not sent."));
  }
});
window.addEventListener("pagehide", leave);
