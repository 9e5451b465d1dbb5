import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import * as z from "zod";
import { root } from "../bundles/run-bundle.ts";

/** Folder of the recorded histories: beside the checkout, or where `SEAWORTHY_CASES` says. */
export const casesFolder = process.env.SEAWORTHY_CASES ?? join(dirname(root), "shared/cases");

const expectations = z.object({
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

/** Reads the acceptance cases of a recorded history that ask a question. Throws where the histories are not there. */
export function expectationsOf(name: string, question: string) {
  const file = join(casesFolder, name, "expect.json");
  if (!existsSync(file))
    throw new Error(`expected the recorded histories in ${casesFolder}; SEAWORTHY_CASES names another folder`);
  return expectations
    .parse(JSON.parse(readFileSync(file, "utf8")))
    .expectations.filter((one) => one.question === question);
}

/** Rebuilds a recorded history as a bare repository; the function given back leads from recorded ids to rebuilt ones. */
export function rebuildCase(name: string, gitDir: string): (recorded: string) => string {
  const tool = join(casesFolder, "../tools/make-repo.mjs");
  execFileSync(process.execPath, [tool, join(casesFolder, name), gitDir], { stdio: "pipe" });
  const ids = map.parse(JSON.parse(readFileSync(gitDir.replace(/\.git$/, ".map.json"), "utf8")));
  return (recorded) => {
    const id = ids[recorded];
    if (id === undefined) throw new Error(`expected commit ${recorded} in the history of ${name}, found none`);
    return id;
  };
}
