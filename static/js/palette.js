// Ctrl+K: places, what can be done on this page, and documents by name, in one list. A combobox
// after the ARIA practice: the focus stays in the field, the choice moves.
import { fetchPage } from "./pages.js";

const PAUSE = 150;
const MOST = 12;

function commands() {
  const links = document.querySelectorAll(".nav .nav-link, .toolbar a.button, .toolbar button.button");
  return [...links]
    .filter((link) => !link.disabled && !link.hidden)
    .map((link) => ({ words: (link.title || link.textContent).trim(), act: () => link.click() }));
}

async function documents(search, words) {
  if (words.length < 2) return [];
  const { answer, page } = await fetchPage(`${search}?q=${encodeURIComponent(words)}`);
  if (!answer.ok) return [];
  return [...page.querySelectorAll("#results .row-link")].map((link) => ({
    words: link.ariaLabel,
    act: () => location.assign(link.href),
  }));
}

export function openPalette() {
  const source = document.querySelector("#palette");
  if (!source || document.querySelector("dialog[open]")) return;
  const dialog = source.content.firstElementChild.cloneNode(true);
  const field = dialog.querySelector("input");
  const list = dialog.querySelector("[role=listbox]");
  const nothing = dialog.querySelector("[data-nothing]");
  const search = dialog.dataset.search;
  let options = [];
  let chosen = 0;
  let waiting;

  function choose(place) {
    chosen = Math.max(0, Math.min(options.length - 1, place));
    [...list.children].forEach((item, n) => (item.ariaSelected = String(n === chosen)));
    const item = list.children[chosen];
    item?.scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", item?.id ?? "");
  }

  function show(found) {
    options = found.slice(0, MOST);
    list.replaceChildren(
      ...options.map((option, n) => {
        const item = document.createElement("li");
        Object.assign(item, { id: `palette-${n}`, role: "option", dir: "auto" });
        item.textContent = option.words;
        item.addEventListener("click", () => run(n));
        return item;
      }),
    );
    nothing.hidden = options.length > 0;
    choose(0);
  }

  function run(place) {
    const option = options[place];
    const words = field.value;
    dialog.close();
    if (option) option.act();
    else if (words) location.assign(`${search}?q=${encodeURIComponent(words)}`);
  }

  async function ask() {
    const words = field.value.trim();
    const matching = commands().filter(({ words: name }) =>
      name.toLowerCase().includes(words.toLowerCase()),
    );
    show(matching);
    const found = await documents(search, words);
    if (words === field.value.trim()) show([...matching, ...found]);
  }

  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, PAUSE);
  });
  field.addEventListener("keydown", (event) => {
    const acts = {
      ArrowDown: () => choose(chosen + 1),
      ArrowUp: () => choose(chosen - 1),
      Enter: () => run(chosen),
    };
    if (!(event.key in acts)) return;
    event.preventDefault();
    acts[event.key]();
  });
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  document.body.append(dialog);
  dialog.showModal();
  ask();
}
