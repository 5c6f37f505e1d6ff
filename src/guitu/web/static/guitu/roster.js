// The roster's table: one stop for Tab, arrows move between cells (WAI-ARIA grid, roving tabindex). Without
// script every cell is a link of its own.
"use strict";

document.querySelectorAll("table[data-grid]").forEach((table) => {
  const rows = [...table.tBodies[0].rows]
    .map((row) => [...row.querySelectorAll("td a")])
    .filter((links) => links.length);
  if (!rows.length) return;
  rows.flat().forEach((link) => { link.tabIndex = -1; });
  rows[0][0].tabIndex = 0;
  const place = (link) => {
    for (let r = 0; r < rows.length; r += 1) {
      const c = rows[r].indexOf(link);
      if (c >= 0) return [r, c];
    }
    return null;
  };
  table.addEventListener("keydown", (event) => {
    const at = place(event.target);
    if (!at || event.altKey || event.ctrlKey || event.metaKey) return;
    let [r, c] = at;
    if (event.key === "ArrowRight") c += 1;
    else if (event.key === "ArrowLeft") c -= 1;
    else if (event.key === "ArrowDown") r += 1;
    else if (event.key === "ArrowUp") r -= 1;
    else if (event.key === "Home") c = 0;
    else if (event.key === "End") c = rows[r].length - 1;
    else return;
    event.preventDefault();
    const next = rows[r] && rows[r][c];
    if (next) next.focus();
  });
  table.addEventListener("focusin", (event) => {
    if (!place(event.target)) return;
    rows.flat().forEach((link) => { link.tabIndex = -1; });
    event.target.tabIndex = 0;
  });
});
