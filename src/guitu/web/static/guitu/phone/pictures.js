// Photos and signatures: made small on the device, named by their digest, kept sealed until they have arrived.

import { button, h, say, tell } from "./dom.js";

export const MOST = 3;
const MOST_BYTES = 300 * 1024;
const SIDES = [1600, 1280, 960, 640];

async function digested(blob, what) {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  let text = "";
  for (let from = 0; from < bytes.length; from += 0x8000) text += String.fromCharCode(...bytes.subarray(from, from + 0x8000));
  const sha256 = [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return { picture: { sha256, type: blob.type, bytes: bytes.length, what, arrived: false }, data: btoa(text) };
}

const blobOf = (canvas, type, quality) => new Promise((good) => { canvas.toBlob(good, type, quality); });

// A photo of at most 300 KB; drawing it anew leaves out where and with what it was taken. Null if it is no picture.
export async function photo(file) {
  let drawn;
  try {
    drawn = await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    return null;
  }
  for (const side of SIDES) {
    const scale = Math.min(1, side / Math.max(drawn.width, drawn.height));
    const canvas = h("canvas", { width: Math.max(1, Math.round(drawn.width * scale)), height: Math.max(1, Math.round(drawn.height * scale)) });
    canvas.getContext("2d").drawImage(drawn, 0, 0, canvas.width, canvas.height);
    for (const quality of [0.82, 0.7, 0.55]) {
      const blob = await blobOf(canvas, "image/jpeg", quality);
      if (blob && blob.size <= MOST_BYTES) return digested(blob, "photo");
    }
  }
  return null;
}

// A place to sign with a finger or a mouse. `done(made)` gets the signature, or null when it is left.
export function signaturePad(done) {
  const canvas = h("canvas", { class: "pad", width: 640, height: 240, role: "img", "aria-label": say("签名处", "Place to sign") });
  const pen = canvas.getContext("2d");
  let [drawing, marks] = [false, 0];
  const clear = () => {
    pen.fillStyle = "#FFFFFF";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    Object.assign(pen, { lineWidth: 4, lineCap: "round", lineJoin: "round", strokeStyle: "#1B1F23" });
    marks = 0;
  };
  const at = (event) => {
    const box = canvas.getBoundingClientRect();
    return [(event.clientX - box.left) * (canvas.width / box.width), (event.clientY - box.top) * (canvas.height / box.height)];
  };
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    drawing = true;
    pen.beginPath();
    pen.moveTo(...at(event));
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!drawing) return;
    pen.lineTo(...at(event));
    pen.stroke();
    marks += 1;
  });
  for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, () => { drawing = false; });
  clear();
  const keep = async () => {
    if (marks < 3) return tell(say("还没有签名", "Nothing is signed yet"), true);
    return done(await digested(await blobOf(canvas, "image/png"), "signature"));
  };
  return h("div", { class: "signing", role: "group", "aria-label": say("签名", "Signature") }, canvas,
    h("p", { class: "actions" }, button(say("用这个签名", "Use this signature"), keep, "primary"),
      button(say("重写", "Again"), clear), button(say("不签了", "Leave it"), () => done(null))));
}

// A kept picture, drawn small.
export function thumbnail(picture, data, remove) {
  const what = picture.what === "signature" ? say("签名", "Signature") : say("照片", "Photo");
  const image = h("img", { class: "thumb", alt: what, src: `data:${picture.type};base64,${data}` });
  return h("li", {}, image, h("span", { class: "meta" }, `${what} ${Math.ceil(picture.bytes / 1024)} KB`),
    remove ? h("button", { type: "button", class: "button-link", onclick: remove }, say("删除", "Remove")) : "");
}
