// This device: how it shows things, its PIN, its version, and wiping it.

import { button, h, notice, say, speak, speaksEnglish, tell } from "./dom.js";
import { weak, WrongPin } from "./vault.js";
import { running, takeShell } from "./shell.js";
import { APP } from "./net.js";

export const look = ({ size, contrast, language }) => {
  const { dataset } = document.documentElement;
  if (size) dataset.size = size;
  if (contrast) dataset.contrast = contrast;
  if (!language) return;
  speak(language);
  document.querySelector(".skip").textContent = say("跳到正文", "Skip to the content");
};

export function settingsPage(app) {
  const { device } = app;
  const { dataset } = document.documentElement;
  const like = async (likes) => {
    await device.like(likes);
    look(likes);
    app.draw();
  };
  const toggle = (text, on, does) => h("button", { type: "button", class: "button", "aria-pressed": String(on), onclick: does }, text);
  const drafts = [...device.items.values()].some((item) => item.state === "draft");
  return {
    title: say("本机", "This phone"),
    body: [
      h("p", { class: "meta" }, [device.bound?.name, device.bound?.account, device.fetched?.office?.name].filter(Boolean).join(" · ")),
      h("section", { class: "section" }, h("h2", {}, say("显示", "Display")), h("p", { class: "actions" },
        toggle(speaksEnglish() ? "中文" : "English", false, () => like({ language: speaksEnglish() ? "zh" : "en" })),
        toggle(say("大字", "Large type"), dataset.size === "large", () => like({ size: dataset.size === "large" ? "normal" : "large" })),
        toggle(say("高对比", "High contrast"), dataset.contrast !== "normal", () => like({ contrast: dataset.contrast === "normal" ? "high" : "normal" })))),
      h("section", { class: "section" }, h("h2", {}, say("锁", "Lock")),
        h("p", {}, say("五分钟不用会自动锁上。", "It locks itself after five minutes without use.")),
        h("p", { class: "actions" }, button(say("现在锁上", "Lock now"), () => app.lock(), "primary")), pinForm(app)),
      h("section", { class: "section" }, h("h2", {}, say("版本", "Version")),
        h("p", { class: "meta num" }, `${APP} · ${running}`),
        app.newer ? [drafts ? notice("info", h("p", {}, say("有新版本。先把草稿写完或删掉，再更新。", "A new version is here. Finish or remove the drafts first."))) : "",
          h("p", { class: "actions" }, h("button", { type: "button", class: "button", disabled: drafts, onclick: () => takeShell(app.newer) }, say("更新", "Update")))]
          : h("p", {}, say("已是最新版本。", "This is the newest version."))),
      wiping(app),
    ],
  };
}

function pinForm(app) {
  const { device } = app;
  const boxes = [["old", say("现在的 PIN", "Present PIN"), "current-password"], ["new", say("新的 PIN", "New PIN"), "new-password"]].map(([id, label, auto]) =>
    h("div", { class: "field" }, h("label", { class: "label", for: `pin-${id}` }, label),
      h("input", { id: `pin-${id}`, type: "password", inputmode: "numeric", autocomplete: auto, maxlength: 12, class: "pin" })));
  const submit = async (event) => {
    event.preventDefault();
    const [old, pin] = boxes.map((box) => box.querySelector("input").value);
    if (weak(pin)) return tell(say("PIN 为 6 到 12 位数字，不要相同或连续", "6 to 12 digits, not all the same nor counted"), true);
    try {
      await device.changePin(old, pin);
    } catch (fault) {
      if (!(fault instanceof WrongPin)) throw fault;
      return tell(say("现在的 PIN 不对", "The present PIN is wrong"), true);
    }
    tell(say("PIN 已改", "PIN changed"));
    return app.draw();
  };
  return h("details", {}, h("summary", {}, say("换 PIN", "Change the PIN")),
    h("form", { class: "form", novalidate: true, onsubmit: submit }, boxes, h("p", { class: "actions" }, h("button", { type: "submit", class: "button" }, say("换 PIN", "Change the PIN")))));
}

// Whether the office knows that this phone is given up, so that it keeps no place among the five. Nobody waits long.
async function toldOffice({ bound, net }) {
  if (!bound) return true;
  const told = net.call("/sync/wiped/", { body: {} });
  const late = new Promise((good) => { setTimeout(() => good({ failed: "unknown" }), 5000); });
  return !(await Promise.race([told, late])).failed;
}

function wiping(app) {
  const { device } = app;
  const sure = async () => {
    const heard = await toldOffice(device);
    await device.wipe("self", { all: true });
    await device.seenWiped();
    tell(heard ? say("本机已清空", "This phone is empty")
      : say("本机已清空。没有联系上单位，请以后在“我的账号”里清除并停用它。", "This phone is empty. The office could not be reached: erase and end it on the page of your account."));
    app.go("#/");
    app.draw();
  };
  const all = device.unsent + [...device.items.values()].filter((item) => item.state === "draft" && item.receipt).length;
  return h("section", { class: "section" }, h("h2", {}, say("清除", "Wipe")),
    all ? h("p", {}, say(`还有 ${all} 条没有送达，送完才能清空本机。`, `${all} not delivered yet; they have to go out before this phone can be emptied.`))
      : h("details", {}, h("summary", {}, say("清空本机", "Empty this phone")),
        h("p", {}, say("名单、记录副本和 PIN 都会清除，要重新登录才能再用。", "Lists, copies and the PIN go; to use it again, sign in anew.")),
        h("p", { class: "actions" }, button(say("确认清空本机", "Yes, empty it"), sure, "grave"))));
}
