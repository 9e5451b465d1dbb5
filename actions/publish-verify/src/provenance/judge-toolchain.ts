import { question } from "#src/domain/question";
import { concerns, namesPinned, type Pin } from "#src/domain/toolchain";
import type { Check } from "#src/domain/verdict";
import type { Build, ProvenanceFacts } from "./facts.ts";

/** Judges whether each pinned tool was asked in every build that it concerns, and was there in its version. */
export function judgeToolchain({ pins, builds }: Pick<ProvenanceFacts, "pins" | "builds">): Check[] {
  return pins.map((pin) => judgePin(pin, builds));
}

function judgePin(pin: Pin, builds: Build[]): Check {
  const { id, version } = pin;
  const ask = question(`toolchain:${id}`, `What was built was built with ${id} in the pinned version`);
  const made = builds.filter(({ manifest }) => manifest.files.some(({ kind }) => concerns(pin, kind)));
  if (made.length === 0) {
    return ask.unsure("build.toolchain-unknown", `expected a build with ${id} ${version}, found none of its kinds`);
  }
  const silent = made.filter((build) => saidIn(build, pin).length === 0).map(({ name }) => name);
  if (silent.length > 0) {
    const because = `expected ${silent.join(", ")} to say which ${id} was there, found nothing of it`;
    return ask.unsure("build.toolchain-unknown", because);
  }
  const said = made.flatMap((build) => saidIn(build, pin));
  const other = said.filter((text) => !namesPinned(text, version));
  if (other.length === 0) return ask.pass([...new Set(said)].join(", "));
  return ask.fail("build.toolchain-mismatch", `expected ${id} ${version}, found ${other.join(", ")}`);
}

function saidIn({ manifest }: Build, { id }: Pin): string[] {
  return manifest.toolchain.filter((tool) => tool.id === id).map((tool) => tool.said);
}
