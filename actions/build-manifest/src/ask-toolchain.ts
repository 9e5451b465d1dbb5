import { stripVTControlCharacters } from "node:util";
import type { BuiltFile, BuiltWith } from "#src/domain/build-manifest";
import { question } from "#src/domain/question";
import { concerns, namesPinned, type Pin } from "#src/domain/toolchain";
import type { Check } from "#src/domain/verdict";
import type { Execution, Shell } from "#src/ports/shell";

/** The job that built: its programs, and what they may see. */
export interface BuildJob {
  shell: Shell;
  directory: string;
  environment: Record<string, string>;
}

/** A pinned tool, with what came of asking it. */
interface Asked {
  pin: Pin;
  answer: Execution;
}

const patience = 60_000;
const longest = 200;

/** Asks the job's own tools for their versions, one after the other, as far as the pins concern builds of this kind. */
export async function askToolchain(
  pins: Pin[],
  kind: BuiltFile["kind"],
  { shell, directory, environment }: BuildJob,
): Promise<{ checks: Check[]; toolchain: BuiltWith[] }> {
  const asked: Asked[] = [];
  for (const pin of pins.filter((one) => concerns(one, kind))) {
    asked.push({ pin, answer: await shell.run({ line: pin.run, directory, environment, timeout: patience }) });
  }
  const toolchain = asked.map(({ pin: { id, version }, answer }) => ({ id, version, said: saidBy(answer) }));
  return { checks: asked.map(judge), toolchain: toolchain.toSorted((a, b) => (a.id < b.id ? -1 : 1)) };
}

/** Another version is refused; a tool that is missing or does not answer leaves unknown what was built with. */
function judge({ pin: { id, version }, answer }: Asked): Check {
  const ask = question(`toolchain:${id}`, `The build has ${id} in the pinned version`);
  const said = saidBy(answer);
  if (answer.ending !== "exited" || answer.exit !== 0 || said === "") {
    const ended = answer.ending === "exited" ? `exit code ${answer.exit}` : answer.ending;
    return ask.unsure(
      "build.toolchain-unknown",
      `expected ${id} to print ${version}, found ${ended}: ${said || "nothing"}`,
    );
  }
  if (namesPinned(said, version)) return ask.pass(said, [answer.outputDigest]);
  return ask.fail("build.toolchain-mismatch", `expected ${id} ${version}, found ${said}`, [answer.outputDigest]);
}

function saidBy({ output }: Execution): string {
  return stripVTControlCharacters(output).replace(/\s+/gu, " ").trim().slice(0, longest);
}
