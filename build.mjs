// Bundles the JavaScript and picks the icons: `npm ci && npm run build`.
// The style sheets and the templates need no build.
import { mkdir, readFile, writeFile } from "node:fs/promises";
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

await mkdir(OUT, { recursive: true });
await Promise.all([
  sprite(),
  build({
    entryPoints: {
      api: "static/js/api.js",
      core: "static/js/core.js",
      search: "static/vault/search.js",
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
