// One short sentence in the region for notifications, which says it to screen readers too.

export function toast(words) {
  const line = document.createElement("div");
  line.className = "toast";
  line.textContent = words;
  line.addEventListener("animationend", () => line.remove());
  document.querySelector("[data-toasts]").replaceChildren(line);
}
