// The files in their order, one at a time. One that is refused never stops the others.
import { send } from "./send.js";
import { sizeWords, wordsOfPage } from "../../js/words.js";

export function createQueue(form, tray, { whenEmpty }) {
  const words = wordsOfPage("#upload-words");
  const limit = Number(form.dataset.limit) || Infinity;
  const waiting = [];
  let running = false;

  const warn = (event) => event.preventDefault();

  function refusalBeforehand(file) {
    if (file.isFolder) return words.folder;
    if (file.size > limit) return words.too_large.replace("{size}", sizeWords(file.size));
    return "";
  }

  async function carry({ file, row }) {
    const result = await send(file, form, { words, progress: row.progress });
    row.settle(result.state, result.words ?? words[result.state]);
    if (result.state === "failed") row.offerAgain(() => enqueue({ file, row }));
  }

  async function run() {
    running = true;
    addEventListener("beforeunload", warn);
    while (waiting.length) await carry(waiting.shift());
    removeEventListener("beforeunload", warn);
    running = false;
    tray.finish();
    await whenEmpty();
  }

  function enqueue(entry) {
    entry.row.settle("queued", words.queued);
    waiting.push(entry);
    if (!running) run();
  }

  return {
    add(file) {
      const row = tray.row(file.name, file.isFolder ? "" : sizeWords(file.size), words);
      const refusal = refusalBeforehand(file);
      if (refusal) {
        row.settle("refused", refusal);
        tray.finish();
      } else {
        enqueue({ file, row });
      }
    },
  };
}
