// Bundles the JavaScript and picks the icons: `npm ci && npm run build`.
// The style sheets and the templates need no build.
import { copyFile, cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { build } from "esbuild";

const OUT = "static/dist";

async function symbol(name) {
  const file = await readFile(`node_modules/lucide-static/icons/${name}.svg`, "utf8");
  const drawing = file.replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "");
  return `<symbol id="${name}" viewBox="0 0 24 24">${drawing.replace(/\s+/g, " ").trim()}</symbol>`;
}

async function sprite() {
  const names = JSON.parse(await readFile("static/icons/names.json", "utf8"));
  const symbols = await Promise.all(names.map(symbol));
  const head = `<!-- Icons from Lucide (ISC; parts from Feather, MIT) -->`;
  const body = `<svg xmlns="http://www.w3.org/2000/svg">${head}\n${symbols.join("\n")}\n</svg>\n`;
  await writeFile(`${OUT}/icons.svg`, body);
}

// pdf.js draws previews. It is Mozilla's (Apache-2.0, as we are), reads what nothing else reads in
// a browser, and asks of our policy a worker of our own alone. The parts that it fetches when a
// document needs them: maps of East Asian letters, fonts that are not in the file, and decoders of
// scans in JavaScript, because the policy allows no WebAssembly.
async function partsOfPdf() {
  const [from, to] = ["node_modules/pdfjs-dist", `${OUT}/pdf`];
  await Promise.all([
    cp(`${from}/cmaps`, `${to}/cmaps`, { recursive: true }),
    cp(`${from}/standard_fonts`, `${to}/fonts`, { recursive: true }),
    mkdir(`${to}/decoders`, { recursive: true }),
  ]);
  await copyFile(`${from}/LICENSE`, `${to}/LICENSE`);
  const decoders = ["jbig2", "openjpeg"].map((name) => `${name}_nowasm_fallback.js`);
  const licences = ["JBIG2", "OPENJPEG", "PDFJS_JBIG2", "PDFJS_OPENJPEG"];
  const files = [...decoders, ...licences.map((name) => `LICENSE_${name}`)];
  await Promise.all(files.map((f) => copyFile(`${from}/wasm/${f}`, `${to}/decoders/${f}`)));
}

await mkdir(OUT, { recursive: true });
await Promise.all([
  sprite(),
  partsOfPdf(),
  build({
    entryPoints: {
      api: "static/js/api.js",
      core: "static/js/core.js",
      job: "static/vault/job.js",
      pdf: "static/vault/pdf.js",
      "pdf.worker": "pdfjs-dist/legacy/build/pdf.worker.mjs",
      search: "static/vault/search.js",
      text: "static/vault/text.js",
      upload: "static/vault/upload.js",
    },
    outdir: OUT,
    bundle: true,
    minify: true,
    format: "iife",
    target: ["chrome123", "firefox125", "safari17.5"],
    logLevel: "warning",
  }),
]);
