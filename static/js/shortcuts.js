// Keys for the whole page. One-letter keys rest while somebody types, and can be switched off.
import { openInDialog } from "./dialogs.js";
import { openPalette } from "./palette.js";

const click = (selector) => document.querySelector(selector)?.click();
const inField = (event) => event.target.closest?.("input:not([type=checkbox]), textarea, select");

function showHelp() {
  const source = document.querySelector("#keys-help");
  if (!source || document.querySelector("dialog[open]")) return;
  const dialog = source.content.firstElementChild.cloneNode(true);
  dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

function quickLook() {
  const row = document.activeElement.closest?.("tr[data-kind=document]");
  if (row) openInDialog(row.querySelector(".row-link"));
}

const LETTERS = {
  "/": () => click("[data-key=search]"),
  "?": showHelp,
  u: () => click("[data-upload-open]"),
  i: () => click("[data-details-button]"),
  p: quickLook,
  x: () => click("[data-end-viewing]"),
  s: () => {
    const row = document.activeElement.closest?.("tr");
    (row ?? document.querySelector(".toolbar"))?.querySelector("[data-dialog=stay]")?.click();
  },
};
let afterG = 0;

/** x is a letter like any other until somebody views as another. */
const means = (key) => key in LETTERS && (key !== "x" || isViewing());
const isViewing = () => Boolean(document.querySelector("[data-end-viewing]"));

const areOn = () => document.documentElement.dataset.shortcuts !== "off";
const followsG = (key) => Date.now() - afterG < 1000 && key in AFTER_G;

/** Keys of the whole page come before a jump by name in a list; Shift with the letter jumps. */
export const isShortcut = (key) => areOn() && (means(key) || key === "g" || followsG(key));

const AFTER_G = { f: "files", a: "all", t: "trash", n: "news", r: "recent", s: "starred" };

function offerHelp() {
  const button = document.querySelector("[data-keys]");
  if (!button || !document.querySelector("#keys-help")) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    button.closest("details").open = false;
    showHelp();
  });
}

/** The button says the key that presses it, where keys are on. */
function offerEnd() {
  const button = document.querySelector("[data-end-viewing]");
  if (!button || !areOn()) return;
  button.setAttribute("aria-keyshortcuts", "x");
  button.querySelector("[data-key-hint]").hidden = false;
}

export function offerShortcuts() {
  offerHelp();
  offerEnd();
  function onLetter(event) {
    if (followsG(event.key)) {
      click(`[data-key=${AFTER_G[event.key]}]`);
      return true;
    }
    if (event.key === "g") afterG = Date.now();
    if (!means(event.key)) return false;
    LETTERS[event.key]();
    return true;
  }

  document.addEventListener("keydown", (event) => {
    // Viewing as another ends from everywhere; everything else waits until a dialog is closed.
    const isBeneath = event.key !== "x" && document.querySelector("dialog[open]");
    if (event.defaultPrevented || isBeneath) return;
    const command = event.ctrlKey || event.metaKey;
    const key = event.key.toLowerCase();
    if (command && key === "k") openPalette();
    else if (command && key === "z" && !inField(event)) click("[data-toasts] form button");
    else if (event.altKey && key === "n") document.querySelector("[data-key=news]")?.focus();
    else if (command || event.altKey || inField(event) || !areOn() || !onLetter(event)) return;
    event.preventDefault();
  });
}
