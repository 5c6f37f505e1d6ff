// Shows, while marks are typed, whom they mean. The page works without it: what was typed is read on saving.

const TOKEN = /(\d{1,4})(?:[.\-*/]|\s+)([1-9])(?![\d.])|([^\W\d_]+)\s*([1-9])(?!\d)/gu;

function people(form) {
  return [...form.querySelectorAll("tr[data-number]")].map((row) => ({
    row,
    number: Number(row.dataset.number),
    keys: row.dataset.keys.split(" "),
    name: row.dataset.name,
  }));
}

function named(list, number, word) {
  if (number) return list.filter((one) => one.number === Number(number));
  const typed = word.toLowerCase();
  const exact = list.filter((one) => one.keys.includes(typed));
  return exact.length ? exact : list.filter((one) => one.keys.some((key) => key.startsWith(typed)));
}

for (const part of document.querySelectorAll("[data-marks]")) {
  const box = part.querySelector("input");
  const echo = part.querySelector("[data-marks-echo]");
  const words = new Map([...part.querySelectorAll(".daily-keys li")].map((li) => {
    const key = li.querySelector("kbd").textContent;
    return [key, li.textContent.replace(key, "").trim()];
  }));
  const list = people(part.closest("form"));
  box.addEventListener("input", (event) => {
    if (event.isComposing) return;
    const said = [];
    for (const [, number, numberKey, word, wordKey] of box.value.matchAll(TOKEN)) {
      const found = named(list, number, word);
      const mark = words.get(numberKey || wordKey) ?? "?";
      said.push(found.length === 1
        ? `${found[0].number} ${found[0].name} ${mark}`
        : `✕ ${number || word}: ${found.slice(0, 6).map((one) => `${one.number} ${one.name}`).join(" / ") || "0"}`);
    }
    echo.textContent = said.join(" · ");
  });
}
