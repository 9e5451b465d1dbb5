import { glob, lstat, readFile } from "node:fs/promises";
import { join, sep } from "node:path";
import type { CheckoutFile, CheckoutFiles } from "#src/ports/checkout-files";

/** The files in a folder of this machine. */
export function checkoutFiles(folder: string): CheckoutFiles {
  return {
    async matching(patterns, largest) {
      const paths = new Set<string>();
      for await (const path of glob(patterns, { cwd: folder })) paths.add(path);
      const found: CheckoutFile[] = [];
      for (const path of [...paths].sort()) found.push(...(await look(folder, path, largest)));
      return found;
    },
  };
}

async function look(folder: string, path: string, largest: number): Promise<CheckoutFile[]> {
  const place = join(folder, path);
  const found = await lstat(place);
  if (found.isDirectory()) return [];
  const [regular, size] = [found.isFile(), found.size];
  const bytes = regular && size <= largest ? await readFile(place) : undefined;
  return [{ path: path.split(sep).join("/"), regular, size, modified: found.mtimeMs, bytes }];
}
