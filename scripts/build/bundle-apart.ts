import { Worker } from "node:worker_threads";
import * as z from "zod";

const files = z.array(z.tuple([z.string(), z.string()]));

/** Bundles in a thread of its own, because the bundler keeps one busy: name and text of each file. */
export function bundleApart(entry: string, folder: string): Promise<[string, string][]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./bundle-worker.ts", import.meta.url), { workerData: { entry, folder } });
    worker.once("message", (message: unknown) => resolve(files.parse(message)));
    worker.once("error", reject);
  });
}
