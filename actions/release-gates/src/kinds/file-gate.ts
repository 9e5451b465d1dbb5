import type { ApplicableGate } from "#src/contract/config/gates";
import type { Code } from "#src/domain/catalogue";
import { digestOf, digestOfBytes } from "#src/domain/digest";
import type { StageReport } from "#src/domain/report";
import type { CheckoutFile } from "#src/ports/checkout-files";
import { judgeExecution } from "../decide-command.ts";
import { commandLog, type ExecutionPolicy, runLine } from "../execution.ts";
import { failureClass } from "../failure-class.ts";
import type { GatePorts, GateSeat } from "../gate-ports.ts";
import { doubt, type Finding, legReport } from "../leg-report.ts";
import { preflight } from "../preflight.ts";
import { judgeSelfTest, type Proof } from "../self-test.ts";

const mostNamed = 50;

/** A file with its bytes. */
export interface ReadFile {
  path: string;
  bytes: Uint8Array;
}

/** What a gate concludes from its files: the finding, and what goes beside the record. */
export interface Conclusion extends Pick<StageReport, "attachments" | "summary"> {
  finding: Finding;
}

/** How files came to be: the code with which the command ended (0 without one), or as inputs of the self-test. */
export interface FileRun {
  exit: number;
  proving: boolean;
}

/** What tells one kind of gate that reads files from another. */
export interface FileKind {
  /** Bytes that one file may have at most. */
  largest: number;
  /** Code for no file at all. */
  missing: Code;
  /** Judges files, of which there is at least one. */
  judge(files: ReadFile[], run: FileRun): Conclusion;
}

/** What the patterns of a gate name, and which of them name nothing. */
interface Found {
  files: (CheckoutFile & { stale?: boolean })[];
  unmatched: string[];
}

type FilePolicy = ApplicableGate &
  ExecutionPolicy & {
    run?: string | undefined;
    files: string[];
    tools: string[];
    environment: (string | string[])[];
    "self-test"?: { good: string; bad: string } | undefined;
  };

/**
 * Runs a gate that reads files: preconditions, self-test, the command that writes the files, then the judgement. Files
 * that lay there before the command and are unchanged after it are stale; they do not count.
 */
export async function runFileGate(policy: FilePolicy, seat: GateSeat, kind: FileKind): Promise<StageReport> {
  const { candidate, ports } = seat;
  const unready = (await preflight(policy, candidate, ports)) ?? (await testItself(policy, seat, kind));
  if (unready) return legReport(policy, unready);
  const find = () => findFiles(policy.files, kind, ports);
  if (policy.run === undefined) {
    const { finding, ...rest } = judged(await find(), kind, { exit: 0, proving: false });
    return legReport(policy, finding, rest);
  }
  const before = await find();
  const execution = await runLine(policy.run, policy, ports);
  const log = commandLog(execution, [candidate.token]);
  if (execution.exit === undefined) return legReport(policy, judgeExecution(execution), log);
  const {
    finding,
    attachments = [],
    summary = "",
  } = judged(fresh(await find(), before), kind, { exit: execution.exit, proving: false });
  const kindOf = finding.result === "pass" ? [] : [`class ${failureClass(execution.output)}`];
  const evidence = [...kindOf, ...finding.evidence, `exit ${execution.exit}`, `log ${execution.outputDigest}`];
  return legReport(
    policy,
    { ...finding, evidence },
    {
      attachments: [...log.attachments, ...attachments],
      summary: [summary, log.summary].filter((part) => part !== "").join("\n\n"),
    },
  );
}

async function testItself(policy: FilePolicy, { ports }: GateSeat, kind: FileKind): Promise<Finding | undefined> {
  const inputs = policy["self-test"];
  if (!inputs) return undefined;
  const look = async (pattern: string): Promise<Proof> => {
    const found = await findFiles([pattern], kind, ports);
    return {
      finding: judged(found, kind, { exit: 0, proving: true }).finding,
      looked: unreadable(found, kind) === undefined,
    };
  };
  return judgeSelfTest(await look(inputs.good), await look(inputs.bad));
}

async function findFiles(patterns: string[], { largest }: FileKind, { files }: GatePorts): Promise<Found> {
  const matches = await Promise.all(patterns.map((pattern) => files.matching([pattern], largest)));
  const byPath = new Map(matches.flat().map((file) => [file.path, file]));
  const inOrder = [...byPath.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  return { files: inOrder, unmatched: patterns.filter((_pattern, index) => matches[index]?.length === 0) };
}

function judged(found: Found, kind: FileKind, run: FileRun): Conclusion {
  const finding = unreadable(found, kind);
  if (finding) return { finding };
  const read = found.files.flatMap(({ path, bytes }) => (bytes ? [{ path, bytes }] : []));
  const conclusion = kind.judge(read, run);
  const evidence = evidenceOf(read);
  return { ...conclusion, finding: { ...conclusion.finding, evidence: [...conclusion.finding.evidence, ...evidence] } };
}

/** Names each file with its digest; many of them by one digest of that list. */
function evidenceOf(files: ReadFile[]): string[] {
  const each = files.map(({ path, bytes }) => `${path} ${digestOfBytes(bytes)}`);
  return each.length <= mostNamed ? each : [`${each.length} files ${digestOf(each)}`];
}

/** What is wrong with the files themselves: each pattern names some, and every one is fresh, regular and small enough. */
function unreadable({ files, unmatched }: Found, { missing, largest }: FileKind): Finding | undefined {
  if (unmatched.length > 0) return doubt(missing, `expected files that ${unmatched.join(", ")} names, found none`);
  const stale = files.filter((file) => file.stale).map(({ path }) => path);
  if (stale.length > 0) {
    const names = stale.join(", ");
    return doubt("gates.report-stale", `expected files that the command has written, found ${names} as before it`);
  }
  const unread = files.find(({ bytes }) => bytes === undefined);
  if (!unread) return undefined;
  const found = unread.regular ? `${unread.size} bytes` : "a link or a device";
  const because = `expected ${unread.path} to be a file of at most ${largest} bytes, found ${found}`;
  return doubt("gates.report-unreadable", because);
}

function fresh(after: Found, before: Found): Found {
  const known = new Map(before.files.map((file) => [file.path, file]));
  const files = after.files.map((file) => {
    const old = known.get(file.path);
    return { ...file, stale: old?.modified === file.modified && old.size === file.size };
  });
  return { ...after, files };
}
