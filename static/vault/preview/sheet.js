// One sheet of a PDF: its drawing, and over it its words, which can be read and selected.
import { TextLayer } from "pdfjs-dist/legacy/build/pdf.mjs";

const SHARPEST = 2; // pixels of the drawing per CSS pixel: more takes memory and is not seen

/** Its measures are those of the first page until it is drawn. */
export function createSheet(pdf, number, first, element) {
  const canvas = element.querySelector("canvas");
  const words = element.querySelector(".page-text");
  let size = first.getViewport({ scale: 1 });
  let drawing = null; // what goes on, or went on last

  const scale = () => element.clientWidth / size.width;
  const fit = () => {
    element.style.aspectRatio = `${size.width} / ${size.height}`;
    words.style.setProperty("--total-scale-factor", scale());
  };

  async function paint(mine) {
    const page = await pdf.getPage(number);
    if (mine.over) return;
    size = page.getViewport({ scale: 1 });
    fit();
    const sharp = scale() * Math.min(devicePixelRatio, SHARPEST);
    const viewport = page.getViewport({ scale: sharp });
    canvas.width = Math.round(viewport.width);
    canvas.height = Math.round(viewport.height);
    mine.task = page.render({ canvas, viewport });
    await mine.task.promise;
    const source = page.streamTextContent();
    const layer = new TextLayer({ textContentSource: source, container: words, viewport: size });
    await layer.render();
    element.dataset.drawn = "";
  }

  async function draw() {
    if (drawing) return;
    const mine = (drawing = { over: false, task: null });
    try {
      await paint(mine);
    } catch (error) {
      if (!mine.over) throw error; // it left the view while it was drawn
    }
  }

  function clear() {
    if (!drawing) return;
    drawing.over = true;
    drawing.task?.cancel();
    drawing = null;
    canvas.width = canvas.height = 0;
    words.replaceChildren();
    delete element.dataset.drawn;
  }

  const total = pdf.numPages;
  element.ariaLabel = element.ariaLabel.replace("{number}", number).replace("{total}", total);
  fit();
  return { element, fit, draw, clear };
}
