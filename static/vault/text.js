// The beginning of a text on its document's page. It is put there as text and as nothing else.
import { previewFrame } from "./preview/frame.js";

const FIRST = 64 * 1024; // bytes, as the page says
const BEGINNINGS = { "255,254": "utf-16le", "254,255": "utf-16be" };

const frame = previewFrame();

/** UTF-8 nearly always; what is none comes from an old Windows. A letter cut in two is left out. */
function decoded(bytes) {
  const known = BEGINNINGS[bytes.slice(0, 2)];
  try {
    return new TextDecoder(known ?? "utf-8", { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

async function show(frame) {
  const answer = await fetch(frame.address, { headers: { Range: `bytes=0-${FIRST - 1}` } });
  if (!answer.ok) throw new Error(answer.status);
  frame.shown.textContent = decoded(new Uint8Array(await answer.arrayBuffer()));
  frame.show();
  const size = Number(answer.headers.get("Content-Range")?.split("/")[1]);
  if (size > FIRST) frame.more();
}

if (frame) show(frame).catch(() => frame.instead("failed"));
