// The details pane beside a list: what the row with the focus is. Open or closed as it was left.
import { announce, fetchPage } from "./pages.js";

const KEPT = "details-pane";

export function offerDetails() {
  const pane = document.querySelector("[data-details-pane]");
  const button = document.querySelector("[data-details-button]");
  if (!pane || !button) return;
  let row = null;

  async function show() {
    if (pane.hidden || !row) return;
    const asked = row;
    const { answer, page } = await fetchPage(`${asked.querySelector(".row-link").href}?pane`);
    if (!answer.ok || asked !== row) return; // another row has the focus by now
    const parts = page.querySelectorAll("[data-details]");
    pane.querySelector("[data-details-name]").textContent = asked.dataset.name;
    pane.querySelector("[data-details-body]").replaceChildren(...parts);
    announce(pane);
  }

  function toggle() {
    pane.hidden = !pane.hidden;
    button.ariaExpanded = String(!pane.hidden);
    localStorage.setItem(KEPT, pane.hidden ? "" : "open");
    show();
  }

  button.hidden = false;
  if (localStorage.getItem(KEPT)) toggle();
  button.addEventListener("click", toggle);
  document.addEventListener("row", (event) => {
    row = event.detail;
    show();
  });
}
