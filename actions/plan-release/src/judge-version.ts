import semver from "semver";
import { type Question, question } from "#src/domain/question";
import type { Check } from "#src/domain/verdict";
import { parseVersion, type Version } from "#src/domain/version";
import { compareVersions } from "#src/domain/version-order";
import { type Aim, isUnnamed, type ReleasedVersion, type Unnamed } from "./aim.ts";
import type { Sighting, VersionReading } from "./facts.ts";
import { releaseQuestions } from "./questions.ts";
import { agreedVersion } from "./version-sources.ts";

/** Judges the version itself: the same in every place, in the ecosystem's form, and of a known class. */
export function judgeVersion({ versions }: Sighting, { version }: Aim): Check[] {
  return [lockstep(versions), versionClass(version)];
}

/** Judges the way from the release before: a base that exists on the remote, and a version above all that is released. */
export function judgeStep({ remote }: Sighting, { version, base, top }: Aim): Check[] {
  const increase = releaseQuestions.increase;
  if (!remote.known)
    return [
      baseCheck(base),
      increase.unsure("plan.remote-unknown", `expected the remote's tags, found: ${remote.because}`),
    ];
  if (isUnnamed(version)) return [baseCheck(base), unnamedCheck(increase, version)];
  const released = [...("at" in base ? [base.at] : []), ...(top ? [top] : [])];
  return [baseCheck(base), increased(increase, version, released)];
}

/** Reports why something could not be named as the finding of the question that needs it. */
export function unnamedCheck(ask: Question, { result, code, because }: Unnamed): Check {
  return result === "fail" ? ask.fail(code, because) : ask.unsure(code, because);
}

function lockstep(readings: VersionReading[]): Check {
  const ask = question("version-lockstep", "Every place holds the same version");
  const seen = readings.map((reading) => `${placeOf(reading)}: ${describeReading(reading)}`);
  const listed = seen.join("; ");

  if (readings.length === 0 || readings.some(({ found }) => found.kind === "absent"))
    return ask.fail(
      "plan.version-source-missing",
      `expected a version in each place, found ${listed || "no place"}`,
      seen,
    );
  if (!readings.every(isReadable) || readings.every(({ found }) => found.kind === "not-applicable"))
    return ask.fail("plan.version-unparseable", `expected a version in each place, found ${listed}`, seen);
  return agreedVersion(readings) !== null
    ? ask.pass(listed, seen)
    : ask.fail("plan.version-not-lockstep", `expected one version, found ${listed}`, seen);
}

function placeOf({ file, place }: VersionReading): string {
  return `${file} ${place}`;
}

/** A version that fits no class is told by the question of its class; here it is enough that SemVer knows the form. */
function isReadable({ found }: VersionReading): boolean {
  if (found.kind === "not-applicable") return true;
  return found.kind === "value" && (parseVersion(found.text) ?? semver.valid(found.text)) !== null;
}

/** Says what stands in a place, in words. */
export function describeReading({ found }: VersionReading): string {
  if (found.kind === "value") return found.note === undefined ? found.text : `${found.text} (${found.note})`;
  if (found.kind === "not-applicable") return `not applicable (${found.because})`;
  return found.kind === "absent" ? "nothing" : `unreadable (${found.because})`;
}

function versionClass(version: Aim["version"]): Check {
  const ask = question("version-class", "The version is stable or a pre-release");
  if (isUnnamed(version)) {
    return version.code === "all.version-class-unknown"
      ? ask.fail(version.code, version.because)
      : unnamedCheck(ask, version);
  }
  return version.class === "post-release"
    ? ask.fail(
        "all.version-class-unknown",
        `expected a stable version or a pre-release, found the post-release ${version.text}`,
      )
    : ask.pass(`${version.text} is ${version.class === "stable" ? "stable" : "a pre-release"}`);
}

function baseCheck(base: Aim["base"]): Check {
  const ask = releaseQuestions.base;
  if (isUnnamed(base)) return unnamedCheck(ask, base);
  return base.kind === "first"
    ? ask.pass("the configuration says `first-release: true`, and the remote has no tag of a lower version")
    : ask.pass(`${base.at.tag} at ${base.at.commit}`, [base.at.commit]);
}

function increased(ask: Question, version: Version, released: ReleasedVersion[]): Check {
  const above = released.filter((one) => compareVersions(one, version) >= 0);
  const regress = above.find((one) => compareVersions(one, version) > 0);
  if (regress)
    return ask.fail(
      "plan.version-regressed",
      `expected a version above ${regress.text} (${regress.tag}), found ${version.text}`,
    );
  const [equal] = above;
  if (equal)
    return ask.fail(
      "plan.version-not-increased",
      `expected a version above ${equal.text} (${equal.tag}), found the same`,
    );
  const [below] = released;
  return ask.pass(below ? `${version.text} is above ${below.text}` : `nothing was released before ${version.text}`);
}
