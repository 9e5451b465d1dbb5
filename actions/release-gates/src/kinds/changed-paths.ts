import { matchesGlob } from "node:path";
import { digestOfBytes } from "#src/domain/digest";
import type { GateSeat } from "../gate-ports.ts";

/** Lists the paths that differ between a full commit id and the candidate; undefined where git cannot tell, or not the whole. */
export async function changedSince(sha: string, { candidate, ports }: GateSeat): Promise<string[] | undefined> {
  // Both ids are full commit ids, so nothing in the line is another's text.
  const line = `git -c safe.directory='*' diff --no-renames --ignore-submodules=none --name-only -z ${sha} ${candidate.sha} --`;
  const { exit, output, outputDigest } = await ports.shell.run({ ...ports.checkout, line, timeout: 60_000 });
  const whole = outputDigest === digestOfBytes(output);
  return exit === 0 && whole ? output.split("\0").filter((path) => path !== "") : undefined;
}

/** Lists the changed paths that no allowed path or glob covers. */
export function straysAmong(changed: string[], allowed: string[]): string[] {
  return changed.filter((path) => !allowed.some((glob) => glob === path || matchesGlob(path, glob)));
}
