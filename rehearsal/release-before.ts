import type { Config } from "#src/contract/config/schema";
import { versionOfTag } from "#src/domain/tag-pattern";
import { highest } from "#src/domain/version-order";
import { git } from "./git.ts";

/**
 * Finds the tag that users have now: the highest stable version whose tag fits the configured pattern and stands on an
 * earlier commit than the one that is released. Tags of other forms, such as of nightly builds, are none.
 */
export async function releaseBefore(gitDir: string, config: Config | undefined): Promise<string | undefined> {
  const pattern = config?.version["tag-pattern"] ?? "v{version}";
  const listed = await git(["for-each-ref", "--format=%(refname:strip=2)", "refs/tags"], gitDir);
  const onHead = new Set((await git(["tag", "--points-at", "HEAD"], gitDir)).split("\n"));
  const released = listed.split("\n").flatMap((tag) => {
    const version = onHead.has(tag) ? undefined : versionOfTag(pattern, tag);
    return version?.class === "stable" ? [{ ...version, tag }] : [];
  });
  return highest(released)?.tag;
}
