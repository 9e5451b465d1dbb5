import { question } from "#src/domain/question";
import type { Check } from "#src/domain/verdict";
import type { Facts } from "./facts.ts";

/** Judges whether it is known which tools build the release; where the configuration pins none, there is nothing to know. */
export function judgeToolchain({ toolchain }: Pick<Facts, "toolchain">): Check[] {
  if (!toolchain) return [];
  const ask = question("toolchain", "It is known which tools build the release, each in which version");
  if ("complaints" in toolchain) return [ask.fail("build.targets-invalid", toolchain.complaints.join("; "))];
  return [ask.pass(toolchain.pins.map(({ id, version }) => `${id} ${version}`).join(", "))];
}
