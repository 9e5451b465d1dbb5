import { compareFormula, type Mismatch } from "#src/domain/formula/compare-formula";
import { FormulaError } from "#src/domain/formula/formula-error";
import type { WantedDownload, WantedFormula } from "#src/domain/formula/wanted-formula";
import type { NamedRelease } from "#src/domain/release";
import type { Check } from "#src/domain/verdict";
import type { FormulaSighting } from "#src/ports/formula-source";
import type { BytesSighting } from "#src/ports/served-bytes";
import type { FormulaPolicy } from "../alignment/formula-policy.ts";
import { channelCheck, type Finding } from "./finding.ts";

/** What a look at a formula is judged by. */
export interface FormulaExpectation {
  channel: FormulaPolicy;
  release: NamedRelease;
  wanted: WantedFormula;
}

/** One address of a formula, with what it serves. */
export interface Download {
  wanted: WantedDownload;
  sighting: BytesSighting;
}

type Verdict = Pick<Check, "result" | "code" | "because">;

/**
 * Judges the formula that users have: it says what was built. Undefined where it does, and its addresses are to be looked at.
 * A rehearsal takes a formula of an earlier version for one that is still to be aligned.
 */
export function judgeFormula(expected: FormulaExpectation, sighting: FormulaSighting): Finding | undefined {
  const { wanted, release } = expected;
  const [complaint] = wanted.complaints;
  if (complaint) return { ...open(expected, "not asked", { result: "fail", ...complaint }), settled: true };
  if (sighting.seen === "unknown") return open(expected, "unknown", unknown(sighting.because));
  if (sighting.seen === "absent") {
    return open(expected, "absent", { result: "fail", code: "publish.not-live", because: sighting.because });
  }
  const mismatches = mismatchesIn(sighting.text, { version: release.version, downloads: wanted.downloads });
  if (mismatches instanceof FormulaError) {
    return open(expected, "unreadable", {
      result: "fail",
      code: "publish.formula-unreadable",
      because: mismatches.message,
    });
  }
  const [first, ...others] = mismatches.filter(({ decides }) => decides);
  if (!first) return undefined;
  const stale = [first, ...others].find(({ code }) => code === "publish.formula-stale");
  if (stale && release.mode === "rehearsal") return planned(expected, `the formula is still of ${stale.found}`);
  const told = [first, ...others].map(({ platform, field, found }) => `${field} ${found} for ${platform}`).join("; ");
  const because = `expected what was built, found ${told}`;
  return open(expected, "served", { result: "fail", code: (stale ?? first).code, because });
}

/** Judges what the addresses of an aligned formula serve: bytes that digest to what the formula says. */
export function judgeDownloads(expected: FormulaExpectation, downloads: Download[]): Finding {
  const { release } = expected;
  const other = downloads.flatMap(differing);
  if (other.length > 0) {
    const code = release.mode === "rehearsal" ? "publish.exists-different" : "publish.formula-served-different";
    return { ...open(expected, "served", { result: "fail", code, because: other.join("; ") }), settled: true };
  }
  const untold = downloads.flatMap(({ sighting }) => (sighting.seen === "unknown" ? [sighting] : []));
  const [late] = untold.flatMap(({ retryAt }) => retryAt ?? []).sort((a, b) => b.getTime() - a.getTime());
  if (untold.length > 0) {
    const finding = open(expected, "unknown", unknown(untold.map(({ because }) => because).join("; ")));
    return { ...finding, ...(late ? { retryAt: late } : {}) };
  }
  const absent = downloads.flatMap(({ sighting }) => (sighting.seen === "absent" ? [sighting.because] : []));
  if (absent.length > 0 && release.mode === "rehearsal") return planned(expected, absent.join("; "));
  if (absent.length > 0) {
    return open(expected, "absent", { result: "fail", code: "publish.not-live", because: absent.join("; ") });
  }
  const because = `the formula says what was built, and ${downloads.length} addresses serve it`;
  return {
    standing: "live",
    checks: [{ ...checkOf(expected), result: "pass", because }],
    seen: { seen: "served", because },
    subjects: downloads.map(({ wanted: { url, sha256 } }) => ({ name: url, digest: { sha256 } })),
  };
}

function mismatchesIn(text: string, wanted: Parameters<typeof compareFormula>[1]): Mismatch[] | FormulaError {
  try {
    return compareFormula(text, wanted);
  } catch (thrown) {
    if (thrown instanceof FormulaError) return thrown;
    throw thrown;
  }
}

function differing({ wanted: { url, sha256 }, sighting }: Download): string[] {
  if (sighting.seen !== "served" || sighting.sha256 === sha256) return [];
  return [`expected ${url} to digest to ${sha256} as the formula says, found ${sighting.sha256}`];
}

function unknown(because: string): Verdict {
  return { result: "inconclusive", code: "publish.remote-unknown", because };
}

function planned(expected: FormulaExpectation, because: string): Finding {
  return {
    standing: "planned",
    checks: [{ ...checkOf(expected), result: "pass", because }],
    seen: { seen: "absent", because },
  };
}

function open(expected: FormulaExpectation, seen: string, verdict: Verdict): Finding {
  const checks = [{ ...checkOf(expected), ...verdict }];
  return { standing: "open", checks, seen: { seen, because: verdict.because } };
}

function checkOf({ channel, release }: FormulaExpectation) {
  return channelCheck(channel, "live", `Homebrew installs the built bytes of ${release.version} (${channel.id})`);
}
