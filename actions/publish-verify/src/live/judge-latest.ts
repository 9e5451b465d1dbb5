import type { Check } from "#src/domain/verdict";
import { parseVersion } from "#src/domain/version";
import { compareVersions, sameVersion } from "#src/domain/version-order";
import { readServed } from "#src/domain/version-spelling";
import type { PointerSighting } from "#src/ports/package-channel";
import { channelCheck } from "./finding.ts";
import { nameOf, type PackageExpectation, packageKinds } from "./package-kinds.ts";
import { type Pointer, pointersOf } from "./pointers.ts";

/** A pre-release moves no pointer; a stable version may only stand behind a newer stable one. */
export function judgeLatest({ channel, release }: PackageExpectation, pointers: PointerSighting): Check[] {
  const { version } = release;
  if (parseVersion(version)?.class === "pre-release") return [];
  return pointersOf(channel, version).map((pointer) => {
    const title = `\`${pointer.name}\` of ${nameOf(channel)} names the newest stable version${pointer.among}`;
    const check = channelCheck(channel, pointer.name, title);
    if (!(pointers instanceof Map)) {
      return { ...check, result: "inconclusive", code: "publish.remote-unknown", because: pointers.unknown };
    }
    const judged = judgePointer(pointer, version, pointers.get(pointer.name) ?? "none");
    return judged.result === "pass"
      ? { ...check, ...judged }
      : { ...check, ...judged, code: packageKinds[channel.kind].latestWrong };
  });
}

function judgePointer(
  { name, covers }: Pointer,
  version: string,
  found: string,
): { result: "pass" | "fail"; because: string } {
  if (sameVersion(found, version)) return { result: "pass", because: `${name} is ${version}` };
  return isNewer(found, version) && covers(found)
    ? { result: "pass", because: `${name} is ${found}, which is newer than ${version}` }
    : { result: "fail", because: `expected ${name} to be ${version}, found ${found}` };
}

function isNewer(found: string, version: string): boolean {
  const [theirs, ours] = [readServed(found), parseVersion(version)];
  if (!theirs || !ours || theirs.class === "pre-release") return false;
  return compareVersions(theirs, ours) > 0;
}
