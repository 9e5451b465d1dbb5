import type { TargetsPolicy } from "#src/contract/config/targets";
import { parseJson } from "#src/domain/parse-json";
import { readTargets } from "#src/domain/read-targets";
import type { ProjectFiles } from "#src/ports/project-files";
import type { TargetFacts } from "./facts.ts";

/** Reads the targets as the commit declares them; undefined where the configuration knows of none. */
export async function gatherTargets(
  policy: TargetsPolicy | undefined,
  commit: string,
  files: Pick<ProjectFiles, "read">,
): Promise<TargetFacts | undefined> {
  if (!policy) return undefined;
  if (policy.kind === "list") {
    return readTargets({ targets: policy.list }, { id: "id", platform: "platform", columns: [] });
  }
  const text = await files.read(policy.file, commit);
  if (text === undefined) return { complaints: [`expected ${policy.file}, found none in ${commit}`] };
  const columns = policy.channels.map(({ id: channel, key, platform, within }) => ({
    ...{ channel, within },
    key: key ?? channel,
    platform: platform ?? policy.platform,
  }));
  return readTargets(parseJson(text), { id: policy.id, platform: policy.platform, columns });
}
