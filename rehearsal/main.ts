/** The command `npm run rehearse`. Exit code 0 only for Released, and for a no-release that says why. */
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Command, CommanderError, InvalidArgumentError, Option, type OptionValues } from "commander";
import { Complaint } from "./complaint.ts";
import { conclude } from "./conclude.ts";
import { faultNamed, faults } from "./faults/catalogue.ts";
import { listenForInterruption } from "./interruption.ts";
import { narrated } from "./narrated.ts";
import { baseFolder, rehearse, resume } from "./rehearse.ts";
import { checkoutSubject, exampleNames, exampleSubject, type Subject } from "./subject.ts";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

const command = new Command("npm run rehearse --")
  .description(
    "Rehearses a release on this machine: the consumer's workflow and the shipped bundles, against embedded services.",
  )
  .option("--example <name>", `bundled example to release (${exampleNames(root).join(", ")})`)
  .option("--repo <path>", "release a checkout of your own, as it is at HEAD")
  .option("--workflow <file>", "workflow file in the repository")
  .option("--event <name>", "event that starts it: workflow_dispatch or push", "workflow_dispatch")
  .option("--input <key=value>", "input of the workflow; may be given several times", collectInput, {})
  .option("--rehearsal", "plan everything, write nothing", false)
  .option("--fault <name>", "let one thing go wrong; --list names them")
  .option("--resume", "rerun the failed jobs of the latest rehearsal", false)
  .option("--output <folder>", "where rehearsals are kept", baseFolder(root))
  .option("--port <number>", "port of the embedded GitHub", readPort)
  .addOption(
    new Option("--review <answer>", "what every reviewer answers")
      .choices(["approved", "rejected"])
      .default("approved"),
  )
  .option("--list", "list the examples and the faults", false)
  .showHelpAfterError("(npm run rehearse -- --help lists the options)")
  .allowExcessArguments(false)
  .exitOverride();

const cancelling = "■ cancelling: steps may end, then the verdict speaks; once more ends at once";

const code = await main().catch(explain);
// A step that was cancelled may have left a timer or a pipe behind: everything is said, so nothing is waited for.
process.stdout.write("", () => process.exit(code));

async function main(): Promise<number> {
  const options = command.parse().opts();
  if (options.list) return list();
  const inputs: Record<string, string> = { ...options.input, ...(options.rehearsal ? { rehearsal: "true" } : {}) };
  const fault = options.fault === undefined ? undefined : faultNamed(options.fault);
  const run = await subjectOf(options, fault?.example);
  const shared = {
    root,
    base: resolve(options.output),
    event: options.event,
    inputs,
    reviewers: options.review,
    port: options.port,
    fault,
  };

  const { cancel: signal, end } = listenForInterruption();
  const title = options.resume
    ? "Resuming the latest rehearsal"
    : `Rehearsing ${run?.name}${fault ? `: ${fault.title}` : ""}`;
  const ended = await narrated(title, (narrator) => {
    signal.addEventListener("abort", () => narrator.line(cancelling), { once: true });
    const given = { ...shared, narrator, signal, end };
    return run ? rehearse(run, given) : resume(given);
  });
  return conclude(ended, inputs.rehearsal === "true");
}

async function subjectOf(options: OptionValues, example: string | undefined): Promise<Subject | undefined> {
  if (options.resume) return undefined;
  if (options.repo !== undefined && (options.example !== undefined || example !== undefined)) {
    throw new Complaint(
      "expected either --repo or an example, found both",
      "Faults are made for the bundled examples.",
    );
  }
  if (options.repo !== undefined) return checkoutSubject(options.repo, options.workflow);
  return exampleSubject(root, options.example ?? example ?? "npm-package", options.workflow);
}

function list(): number {
  console.log(`Examples: ${exampleNames(root).join(", ")}\n\nFaults, by the stage that must notice them:`);
  for (const [stage, group] of Map.groupBy(faults, ({ stage }) => stage)) {
    console.log(`\n  ${stage}`);
    for (const { name, title, expected } of group) {
      console.log(
        `    ${name.padEnd(24)} ${title} → ${expected.verdict}${expected.reason ? `, ${expected.reason}` : ""}`,
      );
    }
  }
  return 0;
}

function collectInput(text: string, before: Record<string, string>): Record<string, string> {
  const at = text.indexOf("=");
  if (at < 1) throw new InvalidArgumentError("expected key=value");
  return { ...before, [text.slice(0, at)]: text.slice(at + 1) };
}

function readPort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new InvalidArgumentError("expected a port from 1 to 65535");
  return port;
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
