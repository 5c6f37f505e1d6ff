// The steps of a scene, and where somebody is in them. No page and no drawing: time comes in from outside.

/** What the page says of its steps, read once. */
export function stepsOf(list) {
  const word = (element, name) => element.querySelector(`:scope > [data-${name}]`)?.textContent.trim() ?? "";
  return [...list.querySelectorAll(":scope > [data-step]")].map((item) => ({
    key: item.dataset.step,
    say: word(item, "say"),
    seconds: Number(item.dataset.seconds),
    figure: item.dataset.figure,
    breath: item.dataset.in
      ? { in: Number(item.dataset.in), hold: Number(item.dataset.hold), out: Number(item.dataset.out) }
      : null,
    choices: [...item.querySelectorAll("[data-choice]")].map((choice) => ({
      say: word(choice, "say"),
      reply: word(choice, "reply"),
      then: choice.dataset.then,
    })),
  }));
}

/** Where a breath is, so many seconds after it began: the word for it, how full, how long it still lasts. */
export function breathAt(breath, seconds) {
  const at = seconds % (breath.in + breath.hold + breath.out);
  const ease = (x) => (1 - Math.cos(Math.PI * x)) / 2;
  if (at < breath.in) return { word: "in", full: ease(at / breath.in), left: breath.in - at };
  if (at < breath.in + breath.hold) return { word: "hold", full: 1, left: breath.in + breath.hold - at };
  const out = at - breath.in - breath.hold;
  return { word: "out", full: 1 - ease(out / breath.out), left: breath.out - out };
}

/** A scene under way. `changed` is called whenever something else is to be said; `ended` once, with why. */
export class Story {
  constructor(steps, limit, { changed, ended }) {
    this.steps = steps;
    this.limit = limit;
    this.changed = changed;
    this.ended = ended;
    this.place = 0;
    this.inStep = 0;
    this.lasted = 0;
    this.breaks = 0;
    this.resting = false;
    this.over = false;
    this.reply = null; // the choice whose reply is being heard
    this.done = new Set();
  }

  get step() { return this.steps[this.place]; }

  /** What is said now. */
  get said() { return this.reply ? this.reply.reply : this.step.say; }

  /** The choices that wait, none while a reply is heard. */
  get choices() { return this.reply || this.resting ? [] : this.step.choices; }

  get breath() { return this.step.breath && !this.resting ? breathAt(this.step.breath, this.inStep) : null; }

  /** So many seconds went by. A break takes no time of a step, but of the whole: the headset is still on. */
  tick(seconds) {
    if (this.over) return;
    this.lasted += seconds;
    if (this.lasted >= this.limit) { this.end("limit"); return; }
    if (this.resting) return;
    this.inStep += seconds;
    if (!this.step.choices.length && this.inStep >= this.step.seconds) this.onward(true);
  }

  /** To the next step. One that was left early was not done, unless somebody answered in it. */
  onward(done, key = "") {
    if (this.over || this.resting) return;
    if (done) this.done.add(this.step.key);
    const named = key ? this.steps.findIndex((step) => step.key === key) : -1;
    const next = named > this.place ? named : this.place + 1;
    this.reply = null;
    if (next >= this.steps.length) { this.end("completed"); return; }
    this.place = next;
    this.inStep = 0;
    this.changed();
  }

  /** Continue: after a reply to where it leads, else past this step. */
  next() {
    if (this.resting) this.rest();
    else if (this.reply) this.onward(true, this.reply.then);
    else this.onward(false);
  }

  choose(place) {
    const choice = this.choices[place];
    if (!choice || this.over) return;
    if (!choice.reply) { this.onward(true, choice.then); return; }
    this.reply = choice;
    this.changed();
  }

  /** A break begins, or is over. */
  rest() {
    if (this.over) return;
    this.resting = !this.resting;
    if (this.resting) this.breaks += 1;
    this.changed();
  }

  stop() { this.end("request"); }

  end(why) {
    if (this.over) return;
    this.over = true;
    this.ended(why);
  }
}
