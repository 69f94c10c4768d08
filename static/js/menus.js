// Menus and questions are `details` elements: Esc and a click beside them close them. The rows of a
// list share one: without this, what may be done stands on the page that a row leads to.

const openMenus = () => document.querySelectorAll("details:is(.menu, .confirm)[open]");

function close(menu, { focus }) {
  menu.open = false;
  if (focus) menu.querySelector("summary").focus();
}

export function closeMenus() {
  document.addEventListener("click", (event) => {
    for (const menu of openMenus()) {
      if (!menu.contains(event.target)) close(menu, { focus: false });
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of openMenus()) close(menu, { focus: menu.contains(document.activeElement) });
  });
}

function menuOf(row, link, pattern) {
  const has = new Set(row.dataset.has.split(" "));
  const menu = pattern.content.firstElementChild.cloneNode(true);
  for (const item of menu.querySelectorAll("[data-needs]")) {
    if (!item.dataset.needs.split(" ").every((need) => has.has(need))) item.remove();
  }
  const here = (address) => new URL(address, link.href).href;
  for (const item of menu.querySelectorAll("a")) item.href = here(item.getAttribute("href"));
  for (const form of menu.querySelectorAll("form")) form.action = here(form.getAttribute("action"));
  menu.querySelector("summary .hidden-words").textContent = link.textContent.trim();
  return menu;
}

export function giveMenus(table) {
  const pattern = table.closest(".listing").querySelector("template[data-row-menu]");
  for (const row of table.tBodies[0].rows) {
    const link = row.querySelector("a[data-actions]");
    if (link) link.replaceWith(menuOf(row, link, pattern));
  }
}
