// The person's own page: signs out after five minutes without a touch, leaves at once, reads aloud where the
// device has a voice of its own. Everything works without it.

const idle = Number(document.body.dataset.idle || 0);
const leave = document.querySelector("form.leave");

function away() {
  document.documentElement.hidden = true;
  sessionStorage.clear();
  if (leave) leave.submit();
}

if (idle && leave) {
  let timer = 0;
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(away, idle * 60000);
  };
  for (const event of ["pointerdown", "keydown", "scroll", "input"]) addEventListener(event, wait, { passive: true });
  wait();
}

// What is wrong in a form is read first.
document.querySelector("[data-focus]")?.focus();

// Escape pressed three times leaves too.
let escapes = 0;
addEventListener("keydown", (event) => {
  escapes = event.key === "Escape" ? escapes + 1 : 0;
  if (escapes === 3) away();
});

for (const form of document.querySelectorAll("form[data-once]")) {
  form.addEventListener("submit", () => {
    for (const button of form.querySelectorAll("button")) setTimeout(() => (button.disabled = true), 0);
  });
}

addEventListener("pageshow", () => {
  for (const button of document.querySelectorAll("form[data-once] button")) button.disabled = false;
});

// Only a voice that lives on the device: nothing of this page may be sent anywhere to be read.
const button = document.querySelector("[data-aloud]");
function voice() {
  const wanted = document.documentElement.lang.slice(0, 2);
  return speechSynthesis.getVoices().find((one) => one.localService && one.lang.toLowerCase().startsWith(wanted));
}
function offer() {
  if (button && voice()) button.hidden = false;
}
if (button && "speechSynthesis" in window) {
  const start = button.textContent;
  offer();
  speechSynthesis.addEventListener("voiceschanged", offer);
  button.addEventListener("click", () => {
    if (speechSynthesis.speaking) {
      speechSynthesis.cancel();
      button.textContent = start;
      return;
    }
    const said = new SpeechSynthesisUtterance(document.querySelector("main").innerText);
    said.voice = voice();
    said.lang = document.documentElement.lang;
    said.onend = () => (button.textContent = start);
    button.textContent = button.dataset.stop;
    speechSynthesis.speak(said);
  });
}
