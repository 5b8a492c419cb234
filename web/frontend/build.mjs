// Bundles the style sheet, fonts and scripts of the pages into ../static/dist, with a
// manifest that tells the application the hashed name of each.
import { build } from "esbuild";
import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "..", "static", "dist");

await mkdir(out, { recursive: true });
const { metafile } = await build({
  absWorkingDir: here,
  entryPoints: ["src/dateline.css", "src/dateline.js", "src/sparql.css", "src/sparql.js"],
  outdir: out,
  entryNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  bundle: true,
  minify: true,
  format: "iife",
  target: ["es2020", "chrome100", "firefox100", "safari15"],
  loader: { ".woff2": "file", ".woff": "file", ".ttf": "file", ".svg": "file", ".png": "file" },
  legalComments: "eof",
  metafile: true,
  logLevel: "warning",
});

const manifest = {};
for (const [path, output] of Object.entries(metafile.outputs)) {
  if (output.entryPoint) manifest[basename(output.entryPoint)] = basename(path);
}
// A server may be running: the manifest changes at once, and older files go last.
const name = "manifest.json";
await writeFile(join(out, `${name}.new`), `${JSON.stringify(manifest, null, 2)}\n`);
await rename(join(out, `${name}.new`), join(out, name));
const made = new Set([name, ...Object.keys(metafile.outputs).map((path) => basename(path))]);
for (const file of await readdir(out)) {
  if (!made.has(file)) await rm(join(out, file), { force: true });
}
