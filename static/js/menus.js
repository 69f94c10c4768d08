// Menus and questions are `details` elements: Esc and a click beside them close them.

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
