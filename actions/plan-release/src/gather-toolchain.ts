import type { ToolchainPolicy } from "#src/contract/config/toolchain";
import { followPointer } from "#src/domain/json-pointer";
import { parseJson } from "#src/domain/parse-json";
import { type Pin, pinnedVersion } from "#src/domain/toolchain";
import type { ProjectFiles } from "#src/ports/project-files";
import type { ToolchainFacts } from "./facts.ts";

/** Reads which versions the tools are pinned to at the commit; undefined where the configuration pins none. */
export async function gatherToolchain(
  policy: ToolchainPolicy | undefined,
  commit: string,
  files: Pick<ProjectFiles, "read">,
): Promise<ToolchainFacts | undefined> {
  if (!policy) return undefined;
  const found = await Promise.all(policy.map((one) => readPin(one, commit, files)));
  const complaints = found.flatMap((one) => ("complaint" in one ? one.complaint : []));
  if (complaints.length > 0) return { complaints };
  return { schema: "seaworthy-toolchain/1", pins: found.flatMap((one) => ("complaint" in one ? [] : one)) };
}

async function readPin(
  {
    id,
    run,
    version,
    from,
    kinds = null,
  }: Pick<ToolchainPolicy[number], "id" | "run" | "version" | "from"> & {
    kinds?: Pin["kinds"] | undefined;
  },
  commit: string,
  files: Pick<ProjectFiles, "read">,
): Promise<Pin | { complaint: string }> {
  if (version !== undefined || !from) return { id, run, version: version ?? "", kinds };
  const where = `the version of ${id} in ${from.file}${from.pointer ?? ""}`;
  const text = await files.read(from.file, commit);
  if (text === undefined) return { complaint: `expected ${where}, found no such file in ${commit}` };
  const value = from.pointer === undefined ? text.trim() : followPointer(parseJson(text), from.pointer)?.value;
  if (typeof value === "string" && pinnedVersion.test(value)) return { id, run, version: value, kinds };
  return { complaint: `expected ${where}, found ${value === undefined ? "nothing there" : JSON.stringify(value)}` };
}
