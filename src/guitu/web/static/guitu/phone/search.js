// Finding people among all that the device has, and what is due for them. Pure: works on rows, not on the page.
//
// A row is what lists need of a person, so that ten thousand of them stay in memory: {id, no, name, reading, tail,
// unit, worker, measure, findings, duties: [[name, due, opens, record] …], load}.

// Of the words that a person is found by, those that are not a part of a longer one: the whole reading first.
function latin(words) {
  const kept = [];
  for (const word of [words].flat().filter((one) => /^[a-z]/.test(one)).sort((a, b) => b.length - a.length)) {
    if (!kept.some((longer) => longer.includes(word))) kept.push(word);
  }
  return kept.join(" ");
}

export function rowOf(person, load) {
  return {
    id: person.id,
    no: person.no,
    name: person.name,
    reading: latin(person.reading ?? []),
    tail: person.id_tail ?? "",
    unit: person.unit_name ?? "",
    worker: person.worker ?? "",
    measure: person.measure_label ?? null,
    findings: (person.findings ?? []).length,
    differ: (person.differ ?? []).length,
    duties: (person.duties ?? []).map((duty) => [duty.name, duty.due ?? null, duty.opens_on ?? null, duty.record ?? null]),
    load,
  };
}

const plain = (text) => text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();

// The text in which a row is found.
export const foundBy = (row) => plain([row.name, row.reading, row.tail, row.no, row.unit].join(" "));

// The rows that hold every word typed, names that begin so first.
export function search(rows, texts, typed) {
  const words = plain(typed).split(" ").filter(Boolean);
  if (!words.length) return rows;
  const begins = [];
  const others = [];
  for (let place = 0; place < rows.length; place += 1) {
    const text = texts[place];
    if (words.every((one) => text.includes(one))) (text.startsWith(words[0]) ? begins : others).push(rows[place]);
  }
  return [...begins, ...others];
}

// What is due: late, today and within a week, each by its day; what is due promptly stands first under today.
export function dueList(rows, today, week) {
  const found = { late: [], today: [], week: [] };
  for (const row of rows) {
    for (const duty of row.duties) {
      const [, due, opens] = duty;
      if (due !== null && due > week) continue;
      if (opens !== null && opens > today && (due === null || due > today)) continue;
      const where = due === null || due === today ? "today" : due < today ? "late" : "week";
      found[where].push({ row, duty });
    }
  }
  const order = (a, b) => ((a.duty[1] ?? "") < (b.duty[1] ?? "") ? -1 : (a.duty[1] ?? "") > (b.duty[1] ?? "") ? 1 : 0);
  for (const list of Object.values(found)) list.sort(order);
  return found;
}
