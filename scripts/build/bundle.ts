import { createRequire } from "node:module";
import * as z from "zod";

const result = z.object({
  code: z.string(),
  assets: z.record(z.string(), z.object({ source: z.union([z.string(), z.instanceof(Buffer)]) })),
});
const bundler = z.custom<(entry: string, options: object) => Promise<unknown>>((value) => typeof value === "function");

/**
 * Bundles one compiled entry into a folder of `dist/`, minified, with the licences of what is inside.
 * The artifact client is a bundle of its own, because ncc does not minify split chunks and few stages need it.
 */
export async function bundle(entry: string, folder: string): Promise<Map<string, string>> {
  const ncc = bundler.parse(createRequire(import.meta.url)("@vercel/ncc"));
  const { code, assets } = result.parse(
    await ncc(entry, {
      minify: true,
      cache: false,
      quiet: true,
      esm: true,
      license: "licenses.txt",
      target: "es2024",
    }),
  );
  const files = new Map([[`${folder}/index.js`, code]]);
  for (const [name, { source }] of Object.entries(assets)) {
    if (name !== "package.json") files.set(`${folder}/${name}`, source.toString());
  }
  return files;
}
