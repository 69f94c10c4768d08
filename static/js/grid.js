// The list by keyboard, after the ARIA practice of a grid: the row has the focus, the ticks are
// the selection. Without this, every row has its links and its tick.

import { giveMenus } from "./menus.js";
import { isShortcut } from "./shortcuts.js";

const CONTROLS = "a[href], button, summary, input";

function typeAhead(rows, current, letter) {
  const start = rows.indexOf(current) + 1;
  const round = [...rows.slice(start), ...rows.slice(0, start)];
  return round.find((row) => row.dataset.name.toLowerCase().startsWith(letter));
}

function createGrid(table) {
  const listing = table.closest(".listing");
  const form = listing.querySelector(".selection");
  const status = listing.querySelector("[data-selected]");
  const all = listing.querySelector("[data-all]"); // also what is on the pages after this one
  const offer = listing.querySelector("[data-select-all]");
  const rows = [...table.tBodies[0].rows];
  const tickOf = (row) => row.querySelector(".tick input");
  const controlsOf = (row) =>
    [...row.querySelectorAll(CONTROLS)].filter((part) => !part.closest(".menu-list"));
  const isTicked = (row) => tickOf(row)?.checked ?? false;
  const ticked = () => rows.filter(isTicked);
  let anchor = null;
  let current = null;

  function count() {
    const number = all?.checked ? all.dataset.all : ticked().length;
    for (const row of rows) row.ariaSelected = String(isTicked(row));
    if (status) status.textContent = number ? status.dataset.words.replace("{n}", number) : "";
    if (offer) offer.hidden = all.checked || !rows.filter(tickOf).every(isTicked);
  }

  function tick(row, on) {
    const input = tickOf(row);
    if (input) input.checked = on;
    if (!on && all) all.checked = false;
  }

  function tickAll() {
    for (const row of rows) tick(row, true);
    all.checked = true;
    count();
  }

  function enter(row) {
    row.focus();
    row.scrollIntoView({ block: "nearest" });
  }

  function step(row, to, { extending }) {
    const next = rows[Math.max(0, Math.min(rows.length - 1, to))];
    if (extending) {
      anchor ??= row;
      const [from, until] = [rows.indexOf(anchor), rows.indexOf(next)].sort((a, b) => a - b);
      rows.forEach((other, place) => tick(other, place >= from && place <= until));
      count();
    } else {
      anchor = null;
    }
    enter(next);
  }

  function openMenu(row) {
    const menu = row.querySelector("details.menu");
    menu.open = true;
    menu.querySelector(".menu-item").focus();
  }

  function throwAway(row) {
    if (ticked().length) form?.requestSubmit(form.querySelector("[data-throw]"));
    else row.querySelector("form[data-trash]")?.requestSubmit();
  }

  // Into the row is where the line goes, which is to the left in some scripts.
  const isRtl = document.documentElement.dir === "rtl";
  const [INTO, BACK] = isRtl ? ["ArrowLeft", "ArrowRight"] : ["ArrowRight", "ArrowLeft"];

  const keys = {
    ArrowDown: (row, event) => step(row, rows.indexOf(row) + 1, { extending: event.shiftKey }),
    ArrowUp: (row, event) => step(row, rows.indexOf(row) - 1, { extending: event.shiftKey }),
    Home: (row) => step(row, 0, {}),
    End: (row) => step(row, rows.length - 1, {}),
    [INTO]: (row) => controlsOf(row)[0]?.focus(),
    Enter: (row) => row.querySelector(".row-link").click(),
    " ": (row) => {
      tick(row, !isTicked(row));
      count();
    },
    F2: (row) => row.querySelector("[data-rename]")?.click(),
    Delete: throwAway,
    ContextMenu: openMenu,
    F10: (row, event) => event.shiftKey && openMenu(row),
    Escape: () => {
      rows.forEach((row) => tick(row, false));
      count();
    },
  };

  function onRow(event, row) {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "a") {
      rows.forEach((other) => tick(other, true));
      count();
      return true;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return false;
    if (event.key === "F10" && !event.shiftKey) return false;
    if (event.key in keys) {
      keys[event.key](row, event);
      return true;
    }
    if (event.key.length !== 1 || isShortcut(event.key)) return false;
    const found = typeAhead(rows, row, event.key.toLowerCase());
    if (found) enter(found);
    return Boolean(found);
  }

  function onControl(event, row) {
    const controls = controlsOf(row);
    const place = controls.indexOf(document.activeElement);
    if (place < 0) return false;
    if (event.key === INTO) controls[Math.min(place + 1, controls.length - 1)].focus();
    else if (event.key === BACK && place > 0) controls[place - 1].focus();
    else if (event.key === BACK || event.key === "Escape") row.focus();
    else return false;
    return true;
  }

  // All is asked for by the name of the list: the rows of this page would only lengthen the address.
  form?.addEventListener("formdata", (event) => all?.checked && event.formData.delete("node"));
  table.role = "grid";
  table.ariaMultiSelectable = "true";
  rows.forEach((row, place) => {
    row.tabIndex = place ? -1 : 0;
    for (const control of row.querySelectorAll(CONTROLS)) control.tabIndex = -1;
    row.addEventListener("focusin", () => {
      if (row === current) return;
      for (const other of rows) other.tabIndex = other === row ? 0 : -1;
      current = row;
      document.dispatchEvent(new CustomEvent("row", { detail: row }));
    });
    row.addEventListener("keydown", (event) => {
      const done = event.target === row ? onRow(event, row) : onControl(event, row);
      if (done) event.preventDefault();
    });
    row.addEventListener("click", (event) => {
      if (!event.target.closest(`${CONTROLS}, label`)) enter(row);
    });
    row.addEventListener("contextmenu", (event) => {
      if (event.shiftKey) return;
      event.preventDefault();
      openMenu(row);
    });
  });
  table.addEventListener("change", (event) => {
    if (all && !event.target.checked) all.checked = false;
    count();
  });
  all?.addEventListener("change", () => (all.checked ? tickAll() : count()));
  offer?.addEventListener("click", () => {
    tickAll();
    form.querySelector("[type=submit]").focus();
  });
  count();
}

export function offerGrids(root) {
  for (const table of root.querySelectorAll("table[data-grid]")) {
    giveMenus(table);
    createGrid(table);
  }
}
