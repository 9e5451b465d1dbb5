import { appendFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import type { RunEvent } from "./runner/contract.ts";

/** Makes a listener that keeps every job summary and every log, one file a job. */
export function keepSummaries(home: string): (event: RunEvent) => void {
  mkdirSync(join(home, "summaries"), { recursive: true });
  mkdirSync(join(home, "logs"), { recursive: true });
  return (event) => {
    if (event.type === "summary")
      appendFileSync(join(home, "summaries", `${fileName(event.job.key)}.md`), `${event.markdown}\n`);
    if (event.type === "log" && event.text !== "::add-mask::***")
      appendFileSync(logFile(home, event.job.key), `${event.text}\n`);
  };
}

/** Where the log of a job is kept. */
export function logFile(home: string, key: string): string {
  return join(home, "logs", `${fileName(key)}.log`);
}

const fileName = (key: string) => key.replace(/[^A-Za-z0-9._-]+/g, "-").replace(/^-|-$/g, "");
