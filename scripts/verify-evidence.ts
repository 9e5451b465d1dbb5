/** Verifies a verdict offline: `node scripts/on-node24.mjs scripts/verify-evidence.ts <folder> [sha256:<digest of its record>]`. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { digestPattern } from "#src/domain/digest";
import { verifyEvidence } from "../actions/verdict/src/verify.ts";

const usage = `Usage: node scripts/on-node24.mjs scripts/verify-evidence.ts <folder> [sha256:<digest>]

Verifies a verdict offline: every digest and link, the ruling and the plan digest are computed again. Run it in a
checkout of the commit of the suite that wrote the verdict: another one may rule, or word its findings, otherwise.

  <folder>           artifact of the verdict, or the folder of a rehearsal as it is
  sha256:<digest>    digest of the verdict's record, from its output \`record\`: ties the folder to the run;
                     without it, the folder is proven to agree with itself
  --help             this text

Exit code: 0 everything holds, whatever the verdict; 1 something differs, each named; 2 not called like this.`;

const given = process.argv.slice(2);
if (given.includes("--help")) {
  console.log(usage);
  process.exit(0);
}
const [folder, recordDigest, ...rest] = given;
if (!folder || rest.length > 0 || !statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
  console.error(
    `expected the folder of a verdict's artifact, found ${rest.length > 0 ? "more than that" : "none"}\n${usage}`,
  );
  process.exit(2);
}
if (recordDigest !== undefined && !digestPattern.test(recordDigest)) {
  console.error(`expected a digest such as sha256:…, found ${printable(recordDigest)}\n${usage}`);
  process.exit(2);
}

const files = readFolder(folder);
const evidence = new Map([...files].filter(([path]) => isEvidence(path)));
if (evidence.size < files.size) console.log(`${files.size - evidence.size} other files in the folder are no evidence`);
const { document, differences } = verifyEvidence(evidence, recordDigest);
for (const difference of differences) console.error(`verdict.verify-failed: ${printable(difference)}`);
if (document && differences.length === 0) {
  const { verdict, outcome, reason, release, stages } = document;
  console.log(`${verdict ?? outcome}: ${release.repository} ${release.tag ?? "without a tag"} (${reason.code})`);
  console.log(
    `${stages.length} records hold, and ruling again gives the same outcome. Plan ${document["plan-digest"]}`,
  );
}
process.exit(document && differences.length === 0 ? 0 : 1);

function readFolder(root: string): Map<string, Uint8Array> {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(paths.map((path) => [relative(root, path).split(sep).join("/"), readFileSync(path)]));
}

/** Evidence lies at the root and in `evidence/`; journals (`.jsonl`) there and other folders are a rehearsal's own. */
function isEvidence(path: string): boolean {
  const placed = !path.includes("/") || path.startsWith("evidence/");
  return placed && !path.endsWith(".jsonl");
}

/** Evidence is foreign text: what a terminal would obey is shown as a question mark. */
function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, "?");
}
