// A link with data-dialog opens its page in a dialog, which has the page's address: Back closes it,
// and a reload shows the page itself. Its forms are sent as on the page; with data-dialog="stay"
// the answer is shown in the dialog, and the page beneath is fresh after closing.
import { announce, fetchPage } from "./pages.js";

function frame() {
  const dialog = document.querySelector("#dialog").content.firstElementChild.cloneNode(true);
  document.body.append(dialog);
  dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  keepBanner(dialog);
  return dialog;
}

/** Who views as another is told so in a dialog, too; it is not what Enter presses first. */
function keepBanner(dialog) {
  const banner = document.querySelector("[data-viewing]");
  if (!banner) return;
  dialog.prepend(banner.cloneNode(true));
  dialog.querySelector("[data-close]").autofocus = true;
}

/** While it is open, the address is its own; going back closes it, and closing it goes back. */
function giveAddress(dialog, address) {
  history.pushState({}, "", address);
  const goBack = () => history.back();
  dialog.addEventListener("close", goBack);
  addEventListener(
    "popstate",
    () => {
      dialog.removeEventListener("close", goBack);
      dialog.close();
      dialog.remove();
      if (dialog.dataset.changed) location.reload();
    },
    { once: true },
  );
}

function fill(dialog, page, address) {
  const body = dialog.querySelector(".dialog-body");
  dialog.querySelector("h2").textContent = page.querySelector("h1").textContent;
  body.replaceChildren(...page.querySelectorAll("main > .alert, main > .columns"));
  // What is to be filled in comes first, but for what was just made.
  const parts = body.querySelectorAll(".columns > .aside:has(form), .columns .fresh");
  for (const part of parts) part.closest(".columns").prepend(part);
  for (const form of body.querySelectorAll("form:not([action])")) form.action = address;
  for (const back of body.querySelectorAll(".card-footer a.button-quiet:not([data-inside])")) {
    back.addEventListener("click", (event) => {
      event.preventDefault();
      dialog.close();
    });
  }
  announce(body);
}

async function showInside(dialog, address, options) {
  const { answer, page } = await fetchPage(address, options);
  if (!page.querySelector("h1")) return location.assign(address);
  fill(dialog, page, answer.url);
  history.replaceState({}, "", answer.url);
  const toasts = page.querySelectorAll("[data-toasts] .toast");
  document.querySelector("[data-toasts]").replaceChildren(...toasts);
  dialog.scrollTop = 0;
  (dialog.querySelector("[autofocus]") ?? dialog.querySelector("h2")).focus();
}

/** What only looks, a link with data-inside or a form by GET, is answered in the dialog. */
function lookInside(dialog) {
  dialog.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-inside]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    showInside(dialog, link.href);
  });
  dialog.addEventListener("submit", (event) => {
    if (event.target.method !== "get") return;
    event.preventDefault();
    const query = new URLSearchParams(new FormData(event.target, event.submitter));
    const address = event.submitter?.hasAttribute("formaction") ? event.submitter.formAction : event.target.action;
    showInside(dialog, `${address.split("?")[0]}?${query}`);
  });
}

/** What changes something is answered there, too, where the dialog stays. */
function keepInside(dialog) {
  dialog.dataset.stay = "";
  dialog.addEventListener("submit", (event) => {
    if (event.target.method === "get") return;
    event.preventDefault();
    const body = new FormData(event.target, event.submitter);
    dialog.dataset.changed = "yes";
    showInside(dialog, event.target.action, { method: "POST", body });
  });
}

/** What the page itself would run: the preview of a document, say. */
function runScripts(dialog, page) {
  for (const script of page.querySelectorAll("body > script[src]")) {
    const again = document.createElement("script");
    again.src = script.getAttribute("src");
    dialog.append(again);
  }
}

let isAsking = false;

/** One at a time: a second press while the page is on its way opens no second one. */
export async function openInDialog(link) {
  if (isAsking) return;
  isAsking = true;
  const { answer, page } = await fetchPage(link.href).finally(() => (isAsking = false));
  if (!answer.ok || answer.redirected) {
    location.assign(link.href);
    return;
  }
  const dialog = frame();
  fill(dialog, page, answer.url);
  if (link.dataset.dialog === "stay") keepInside(dialog);
  lookInside(dialog);
  giveAddress(dialog, answer.url);
  dialog.showModal();
  runScripts(dialog, page);
}

export function offerDialogs() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-dialog]");
    if (!link || link.closest("dialog") || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    const menu = link.closest("details[open]");
    if (menu) menu.open = false;
    openInDialog(link);
  });
  // A form that asks for a page does the same, by the button that sends it.
  document.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!button?.matches("[data-dialog]")) return;
    event.preventDefault();
    const query = new URLSearchParams(new FormData(event.target, button));
    const address = new URL(button.getAttribute("formaction") ?? event.target.action, location);
    openInDialog({ href: `${address}?${query}`, dataset: button.dataset });
  });
}
