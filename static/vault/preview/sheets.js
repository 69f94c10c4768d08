// The sheets of a PDF in their scroll area. What is in view is drawn; what left it is let go.
import { createSheet } from "./sheet.js";

const AHEAD = "100% 0%"; // one screen before and behind

export function createSheets(pdf, first, frame) {
  const sheets = new Map();
  const near = new IntersectionObserver(turn, { root: frame.shown, rootMargin: AHEAD });
  const resized = new ResizeObserver((changes) =>
    changes.forEach(({ target }) => sheets.get(target).fit()),
  );

  function turn(changes) {
    for (const { target, isIntersecting } of changes) {
      const sheet = sheets.get(target);
      if (isIntersecting) sheet.draw().catch(fail);
      else sheet.clear();
    }
  }

  function fail() {
    near.disconnect();
    resized.disconnect();
    if (frame.shown.isConnected) frame.instead("failed");
  }

  for (let number = 1; number <= pdf.numPages; number += 1) {
    const sheet = createSheet(pdf, number, first, frame.copyOf("[data-page]"));
    sheets.set(sheet.element, sheet);
    frame.shown.append(sheet.element);
    near.observe(sheet.element);
    resized.observe(sheet.element);
  }
}
