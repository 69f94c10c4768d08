// The place of a preview in the page, with the words for what can't be shown.

export function previewFrame() {
  const element = document.querySelector("[data-preview]");
  if (!element) return null;
  const shown = element.querySelector("[data-shown]");
  const opening = element.querySelector("[data-opening]");
  element.querySelector("[data-plain]").remove();

  return {
    shown,
    address: element.dataset.preview,
    worker: element.dataset.worker,
    parts: element.dataset.parts,
    copyOf: (name) => element.querySelector(name).content.firstElementChild.cloneNode(true),
    show() {
      opening.remove();
      shown.hidden = false;
    },
    more() {
      element.querySelector("[data-more]").hidden = false;
    },
    instead(reason) {
      const words = element.querySelector(`[data-instead="${reason}"]`).content.cloneNode(true);
      opening.remove();
      shown.replaceWith(words);
    },
  };
}
