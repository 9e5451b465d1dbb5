/** What `npm run rehearse` does, told on the command line. Exit code 0 only for Released, and for a no-release that says why. */
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { CommanderError, type OptionValues } from "commander";
import { Complaint } from "./complaint.ts";
import { conclude, isGood } from "./conclude.ts";
import { faultNamed, faults } from "./faults/catalogue.ts";
import { listing } from "./faults/listing.ts";
import { listenForInterruption } from "./interruption.ts";
import { narrated } from "./narrated.ts";
import { commandLine, refuseContradictions } from "./options.ts";
import type { Narrator } from "./progress.ts";
import { baseFolder, rehearse, resume } from "./rehearse.ts";
import { checkoutSubject, exampleNames, exampleSubject, type Subject } from "./subject.ts";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const command = commandLine({ examples: exampleNames(root), base: baseFolder(root) });
const cancelling = "■ cancelling: steps may end, then the verdict speaks; once more ends at once";

const code = await main().catch(explain);
// A step that was cancelled may have left a timer or a pipe behind: everything is said, so nothing is waited for.
process.stdout.write("", () => process.exit(code));

async function main(): Promise<number> {
  const options = command.parse().opts();
  refuseContradictions(command);
  if (options.list) return list();
  const inputs: Record<string, string> = { ...options.input, ...(options.rehearsal ? { rehearsal: "true" } : {}) };
  const fault = options.fault === undefined ? undefined : faultNamed(options.fault);
  const run = await subjectOf(options, fault?.example);
  const { cancel: signal, end } = listenForInterruption();
  const shared = {
    root,
    base: resolve(options.output),
    event: options.event,
    inputs,
    secrets: options.secret ?? {},
    vars: options.variable ?? {},
    reviewers: options.review,
    port: options.port,
    fault,
    signal,
    end,
  };
  const ended = await narrated({
    title: run ? `Rehearsing ${run.name}${fault ? `: ${fault.title}` : ""}` : "Resuming the latest rehearsal",
    work: (narrator: Narrator) => {
      signal.addEventListener("abort", () => narrator.line(cancelling), { once: true });
      return run ? rehearse(run, { ...shared, narrator }) : resume({ ...shared, narrator });
    },
    ending: (result) => ({ word: result.verdict, good: isGood(result) }),
  });
  const output = command.getOptionValueSource("output") === "cli" ? options.output : undefined;
  return conclude(ended, output);
}

async function subjectOf(options: OptionValues, example: string | undefined): Promise<Subject | undefined> {
  if (options.resume) return undefined;
  if (example !== undefined && options.example !== undefined && options.example !== example) {
    const found = `expected the example ${example}, which the fault is made for, found ${options.example}`;
    throw new Complaint(found, "Leave --example out: --fault chooses it.");
  }
  if (options.repo !== undefined) return checkoutSubject(options.repo, options.workflow);
  return exampleSubject(root, options.example ?? example ?? "npm-package", options.workflow);
}

function list(): number {
  console.log(listing(exampleNames(root), faults));
  return 0;
}

function explain(thrown: unknown): number {
  if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? 0 : 2;
  if (thrown instanceof Complaint) {
    console.error(`\n✗ ${thrown.message}\n  ${thrown.hint}`);
    return 2;
  }
  console.error(thrown);
  return 1;
}
