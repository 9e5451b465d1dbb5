import { digestOfBytes } from "#src/domain/digest";
import { readReport } from "#src/domain/junit-report";
import type { GateSeat } from "../gate-ports.ts";
import type { Marker } from "./marker.ts";
import { isAsCommitted } from "./marker-commit.ts";

/** What was found behind one piece of evidence. */
export interface Shown {
  /** Run or file. */
  piece: string;
  /** Why it proves nothing; undefined where it holds. */
  wrong?: string;
  /** Jobs that succeeded, or suites in which tests passed: what may prove a tier. */
  names: string[];
}

type Run = Extract<Marker["evidence"][number], { run: string }>;
type Report = Extract<Marker["evidence"][number], { file: string }>;

const largestEvidence = 64 * 1024 * 1024;

/** Looks each piece of evidence up: a run at GitHub, a report among the candidate's files. */
export async function lookUpEvidence(marker: Marker, seat: GateSeat): Promise<Shown[]> {
  return Promise.all(
    marker.evidence.map((piece) => ("run" in piece ? showRun(piece, marker.sha, seat) : showReport(piece, seat))),
  );
}

async function showRun({ run: named }: Run, sha: string, { ports: { runs } }: GateSeat): Promise<Shown> {
  const id = Number(/\d+$/.exec(named)?.[0]);
  const broken = (wrong: string): Shown => ({ piece: `run ${named}`, wrong, names: [] });
  const run = Number.isSafeInteger(id) ? await runs.read(id) : "absent";
  if (run === "absent") return broken("expected a run of this repository, found none");
  if (named !== String(run.id) && named !== run.url) return broken(`expected ${run.url}, found another address`);
  if (!run.finished || run.conclusion !== "success") {
    return broken(`expected a run that succeeded, found ${run.finished ? run.conclusion : "one that has not ended"}`);
  }
  if (run.sha !== sha) return broken(`expected a run on ${sha}, found one on ${run.sha}`);
  return { piece: `run ${named}`, names: await runs.succeededJobs(id) };
}

async function showReport({ file: path, digest }: Report, seat: GateSeat): Promise<Shown> {
  const [file] = await seat.ports.files.matching([path], largestEvidence);
  const broken = (wrong: string): Shown => ({ piece: path, wrong, names: [] });
  if (!file?.bytes || file.path !== path || !(await isAsCommitted(path, seat))) {
    return broken("expected a file of the candidate, found none, or a changed one");
  }
  if (digestOfBytes(file.bytes) !== digest) return broken(`expected ${digest}, found ${digestOfBytes(file.bytes)}`);
  return path.endsWith(".xml") ? { piece: path, ...showJunit(file.bytes) } : { piece: path, names: [] };
}

/** Reads a test report: one that does not add up, holds a failure, or in which nothing was executed proves nothing. */
function showJunit(bytes: Uint8Array): Omit<Shown, "piece"> {
  try {
    const { tests, unexplained, incomplete, suites } = readReport(bytes);
    const endings = [...tests.values()];
    const [complaint] = [...unexplained, ...incomplete];
    if (complaint !== undefined) return { wrong: complaint, names: [] };
    if (endings.includes("failed")) return { wrong: "expected tests that pass, found one that failed", names: [] };
    if (!endings.includes("passed")) return { wrong: "expected executed tests, found none", names: [] };
    return { names: suites };
  } catch (thrown) {
    if (!(thrown instanceof RangeError)) throw thrown;
    return { wrong: thrown.message, names: [] };
  }
}
