import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as z from "zod";
import { root } from "../root.ts";

/** How a command ended. */
export interface Ending {
  code: number | null;
  output: string;
  /** Where `latest` is. */
  folder: string;
}

/** Makes a folder for the rehearsals of one test. */
export function aFolder(): string {
  return mkdtempSync(join(tmpdir(), "rehearsals-"));
}

/** Runs the command as a user would, on the Node.js that runs the tests. */
export function drive(folder: string, args: string[], env: NodeJS.ProcessEnv = process.env): Promise<Ending> {
  return new Promise((resolve) => {
    const child = spawn(
      process.execPath,
      ["--disable-warning=ExperimentalWarning", join(root, "rehearsal/main.ts"), "--output", folder, ...args],
      { env, stdio: ["ignore", "pipe", "pipe"] },
    );
    const chunks: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.on("close", (code) =>
      resolve({ code, output: Buffer.concat(chunks).toString(), folder: join(folder, "latest") }),
    );
  });
}

const document = z.looseObject({
  verdict: z.string().nullable(),
  outcome: z.string(),
  reason: z.object({ code: z.string(), text: z.string() }),
  "plan-digest": z.string(),
});

/** Reads the verdict that a rehearsal has written. */
export function verdictIn(folder: string) {
  return document.parse(JSON.parse(readFileSync(join(folder, "verdict.json"), "utf8")));
}
