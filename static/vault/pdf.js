// The pages of a PDF on its document's page: drawn by pdf.js, a piece of the file at a time.
import { getDocument, GlobalWorkerOptions, VerbosityLevel } from "pdfjs-dist/legacy/build/pdf.mjs";
import { previewFrame } from "./preview/frame.js";
import { createSheets } from "./preview/sheets.js";

const REASONS = { PasswordException: "locked", InvalidPDFException: "broken" };
const PIECE = 256 * 1024; // bytes: each is a request that is authorised anew

const frame = previewFrame();

function open({ address, worker, parts }) {
  GlobalWorkerOptions.workerSrc = worker;
  return getDocument({
    url: address,
    rangeChunkSize: PIECE,
    disableAutoFetch: true, // what nobody looks at is not fetched
    disableStream: true,
    useWasm: false,
    wasmUrl: `${parts}decoders/`,
    cMapUrl: `${parts}cmaps/`,
    standardFontDataUrl: `${parts}fonts/`,
    useSystemFonts: false, // ours have the widths that documents count on
    verbosity: VerbosityLevel.ERRORS,
  }).promise;
}

async function show(frame) {
  const pdf = await open(frame);
  const first = await pdf.getPage(1);
  frame.show();
  createSheets(pdf, first, frame);
}

if (frame) show(frame).catch((error) => frame.instead(REASONS[error.name] ?? "failed"));
