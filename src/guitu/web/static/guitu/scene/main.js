// A scene on its page: opened, shown on a screen or in a headset, and afterwards put into the form that records
// it. Without this script the steps stand on the page in words, and the same form is filled in by hand.

import { AT, Board, HALF } from "./board.js";
import { enter, there } from "./headset.js";
import { perspective, turned } from "./matrix.js";
import { Painter } from "./paint.js";
import { Story, stepsOf } from "./story.js";

const main = document.getElementById("main");
const form = main.querySelector("form");
const stage = main.querySelector(".stage");
const canvas = stage.querySelector("canvas");
const word = (name) => stage.dataset[`word${name[0].toUpperCase()}${name.slice(1)}`];
const part = (name) => stage.querySelector(name);
const still = main.querySelector("[data-still]");
const calm = matchMedia("(prefers-reduced-motion: reduce)");

const HEIGHT = 1.5; // of the eyes before a screen
const SLOW = 0.05; // seconds a frame may take before it is drawn coarser
const painter = Painter.on(canvas, stage.dataset.place);
const board = new Board();
let story = null;
let way = "screen";
let leave = null; // ends the session in the headset
let last = 0;
let time = 0;
let coarse = 1;
let look = { left: 0, up: 0.02 };
let opener = null;

// Ready ----------------------------------------------------------------------------------------------------------

main.querySelector(".scene-open").hidden = false;
main.querySelector(".scene-plain").hidden = true;
main.querySelector(".scene-no-picture").hidden = Boolean(painter);
still.checked = calm.matches;
calm.addEventListener("change", () => { still.checked = calm.matches; });
if (main.dataset.scene === "before") main.classList.add("scene-waiting");
if (painter) there().then((found) => { main.querySelector("[data-open=headset]").hidden = !found; });
for (const button of main.querySelectorAll("[data-open]")) {
  button.addEventListener("click", () => { opener = button; open(button.dataset.open); });
}

async function open(how) {
  if (story && !story.over) return;
  const steps = stepsOf(main.querySelector(".scene-steps"));
  story = new Story(steps, Number(stage.dataset.limit), { changed: tell, ended: close });
  way = how === "headset" ? "headset" : painter ? "screen" : "text";
  document.documentElement.classList.add("scene-on");
  stage.hidden = false;
  stage.classList.toggle("without-picture", !painter);
  last = 0;
  tell();
  if (way === "headset") {
    try {
      leave = await enter(painter.gl, {
        frame: inHeadset,
        pressed: (from, to) => act(board.met(from, to)),
        squeezed: () => story.stop(),
        left: () => { leave = null; story.stop(); },
      });
      if (story.over) leave?.();
      return;
    } catch {
      way = "screen"; // no session after all: the same on the screen
    }
  }
  requestAnimationFrame(onScreen);
}

// A picture that was lost in the middle is not waited for: the words go on.
canvas.addEventListener("webglcontextlost", () => { stage.classList.add("without-picture"); });

// What is said ---------------------------------------------------------------------------------------------------

function tell() {
  const { step, resting, steps, place } = story;
  part(".stage-count").textContent = `${place + 1} / ${steps.length}`;
  part(".stage-caption").textContent = resting ? word("resting") : story.said;
  part(".stage-breath").hidden = !step.breath || resting;
  const choices = story.choices.map((choice, n) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button";
    button.textContent = `${n + 1}　${choice.say}`;
    button.addEventListener("click", () => story.choose(n));
    return button;
  });
  part(".stage-choices").replaceChildren(...choices);
  const next = part("[data-do=next]");
  next.textContent = resting || story.reply ? word("on") : word("next");
  next.hidden = choices.length > 0;
  part("[data-do=rest]").hidden = resting;
  (choices[0] ?? next).focus({ preventScroll: true });
}

/** What changes from moment to moment: the word and the bar of a breath. */
function pace() {
  const breath = story.breath;
  if (!breath) return;
  const said = `${word(breath.word)} ${Math.ceil(breath.left)}`;
  const spot = part(".stage-pace");
  if (spot.textContent !== said) spot.textContent = said;
  part("progress").value = breath.full * 100;
}

function act(what) {
  if (what === "stop") story.stop();
  else if (what === "rest") story.rest();
  else if (what === "next") story.next();
  else if (what?.startsWith("choice ")) story.choose(Number(what.slice(7)));
}

for (const button of stage.querySelectorAll("[data-do]")) button.addEventListener("click", () => act(button.dataset.do));

// Before all else, so that nothing on the page gets the key that stops.
addEventListener("keydown", (event) => {
  if (!story || story.over) return;
  if (event.key === "Escape") { event.preventDefault(); event.stopImmediatePropagation(); story.stop(); return; }
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const turn = { ArrowLeft: [0.12, 0], ArrowRight: [-0.12, 0], ArrowUp: [0, 0.08], ArrowDown: [0, -0.08] }[event.key];
  if (turn) { event.preventDefault(); turnBy(...turn); }
  else if (event.key === "r" || event.key === "R") story.rest();
  else if (/^[1-9]$/.test(event.key)) story.choose(Number(event.key) - 1);
}, true);

// Looking about on a screen ----------------------------------------------------------------------------------------

function turnBy(left, up) {
  look = { left: look.left + left, up: Math.max(-0.6, Math.min(0.7, look.up + up)) };
}

let held = null;
canvas.addEventListener("pointerdown", (event) => { held = [event.clientX, event.clientY]; canvas.setPointerCapture(event.pointerId); });
canvas.addEventListener("pointermove", (event) => {
  if (!held) return;
  turnBy((event.clientX - held[0]) / 300, (event.clientY - held[1]) / 300);
  held = [event.clientX, event.clientY];
});
for (const kind of ["pointerup", "pointercancel"]) canvas.addEventListener(kind, () => { held = null; });

// Drawing --------------------------------------------------------------------------------------------------------

/** Time goes on. A tab that was away for long has not lived through it: a gap counts as one second. */
function passed(milliseconds) {
  const seconds = last ? Math.min((milliseconds - last) / 1000, 1) : 0;
  last = milliseconds;
  if (!still.checked) time += seconds;
  story.tick(seconds);
  if (!story.over) painter?.settle(seconds, story.step, Boolean(story.breath), still.checked);
  return seconds;
}

const brightness = () => {
  const full = story.breath?.full ?? 0;
  return still.checked ? Math.round(full * 8) / 8 : full;
};

function onScreen(milliseconds) {
  const before = last;
  passed(milliseconds);
  if (story.over) return;
  pace();
  if (painter) {
    const { gl } = painter;
    if (before && (milliseconds - before) / 1000 > SLOW) coarse = Math.min(coarse * 1.1, 3);
    const [wide, high] = [canvas.clientWidth, canvas.clientHeight].map((side) => Math.max(1, Math.round(side / coarse)));
    if (canvas.width !== wide || canvas.height !== high) [canvas.width, canvas.height] = [wide, high];
    gl.bindFramebuffer(gl.FRAMEBUFFER, null);
    gl.viewport(0, 0, wide, high);
    const aspect = wide / high;
    painter.draw({
      projection: perspective(aspect < 1 ? 1.35 : 1.05, aspect),
      view: turned(look.left, look.up),
      eye: [0, HEIGHT, 0],
      time,
      breath: brightness(),
      still: still.checked,
    });
    stage.dataset.drawn = "screen";
  }
  requestAnimationFrame(onScreen);
}

function inHeadset(eyes, milliseconds) {
  passed(milliseconds);
  if (story.over) return;
  pace();
  const breath = story.breath;
  const title = breath ? `${word(breath.word)} ${Math.ceil(breath.left)}` : `${story.place + 1} / ${story.steps.length}`;
  const rows = story.choices.map((choice, n) => [`choice ${n}`, `${n + 1}　${choice.say}`]);
  const keys = [["stop", word("stop")]];
  if (!story.resting) keys.unshift(["rest", word("rest")]);
  if (!rows.length) keys.unshift(["next", story.resting || story.reply ? word("on") : word("next")]);
  if (board.write(title, story.resting ? word("resting") : story.said, rows, keys)) painter.take(board.canvas);
  for (const { look: through, ...eye } of eyes) {
    through();
    painter.draw({ ...eye, time, breath: brightness(), still: still.checked });
    painter.drawBoard({ ...eye, at: AT, half: HALF });
  }
  stage.dataset.drawn = "headset";
}

// Afterwards -----------------------------------------------------------------------------------------------------

/** Put what happened into the form; whoever sits beside looks at it, adds to it, and saves. */
function close(why) {
  leave?.();
  document.documentElement.classList.remove("scene-on");
  stage.hidden = true;
  main.classList.remove("scene-waiting");
  main.dataset.scene = "after";
  const said = main.querySelector(".scene-ended");
  said.hidden = false;
  said.textContent = word(why === "completed" ? "completed" : why === "limit" ? "limit" : "stopped");
  for (const box of form.querySelectorAll("input[name=step]")) box.checked = story.done.has(box.value);
  choose("way", way);
  choose("ended", why === "completed" ? "completed" : "stopped");
  if (why !== "completed") choose("stop_reason", why);
  type("minutes", Math.max(1, Math.round(story.lasted / 60)));
  type("breaks", story.breaks);
  hide("seconds", Math.round(story.lasted));
  main.querySelector("#after").focus();
}

function choose(name, value) {
  const box = form.querySelector(`input[type=radio][name=${name}][value=${value}]`) ?? form.querySelector(`select[name=${name}]`);
  if (!box) return;
  if (box.type === "radio") box.checked = true;
  else box.value = value;
  box.dispatchEvent(new Event("change", { bubbles: true }));
}

function type(name, value) {
  const box = form.querySelector(`input[name=${name}]`);
  if (box) box.value = value;
}

function hide(name, value) {
  const box = form.querySelector(`input[name=${name}]`) ?? form.appendChild(Object.assign(document.createElement("input"), { type: "hidden", name }));
  box.value = value;
}

// Leaving the page in the middle would lose what happened; the browser asks first.
addEventListener("beforeunload", (event) => { if (story && !story.over) event.preventDefault(); });
