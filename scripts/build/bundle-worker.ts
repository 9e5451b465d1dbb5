/** Bundles what its parent asks for and answers with the files. */
import { parentPort, workerData } from "node:worker_threads";
import * as z from "zod";
import { bundle } from "./bundle.ts";

const { entry, folder } = z.object({ entry: z.string(), folder: z.string() }).parse(workerData);
parentPort?.postMessage([...(await bundle(entry, folder))]);
