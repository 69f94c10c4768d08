// A field with a link gets its button; where the clipboard is refused, the link is selected.
import { toast } from "./toast.js";

async function copy(field, words) {
  try {
    await navigator.clipboard.writeText(field.value);
    toast(words);
  } catch {
    field.focus();
    field.select();
  }
}

export function offerCopying(root) {
  for (const place of root.querySelectorAll("[data-copy]")) {
    const field = place.querySelector("input");
    const button = place.querySelector("button");
    button.hidden = false;
    button.addEventListener("click", () => copy(field, place.dataset.copy));
    field.addEventListener("focus", () => field.select());
  }
}
