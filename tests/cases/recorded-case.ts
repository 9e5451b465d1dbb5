import { execFileSync } from "node:child_process";
import { join } from "node:path";
import * as z from "zod";
import { casesFolder, makeRepository, readJson } from "./case-files.ts";

const document = z.object({
  expectations: z.array(
    z.object({
      id: z.string(),
      failure: z.array(z.string()),
      question: z.string(),
      given: z.record(z.string(), z.unknown()),
      expected: z.record(z.string(), z.unknown()),
      why: z.string(),
    }),
  ),
});

const map = z.record(z.string(), z.string());

/** Reads the acceptance cases of a recorded history that ask a question. */
export function expectationsOf(name: string, question: string) {
  const { expectations } = document.parse(readJson(join(casesFolder, name, "expect.json")));
  return expectations.filter((one) => one.question === question);
}

/** Rebuilds a recorded history as a bare repository; the function given back leads from recorded ids to rebuilt ones. */
export function rebuildCase(name: string, gitDir: string): (recorded: string) => string {
  execFileSync(process.execPath, [makeRepository, join(casesFolder, name), gitDir], { stdio: "pipe" });
  const ids = map.parse(readJson(gitDir.replace(/\.git$/, ".map.json")));
  return (recorded) => {
    const id = ids[recorded];
    if (id === undefined) throw new Error(`expected commit ${recorded} in the history of ${name}, found none`);
    return id;
  };
}
