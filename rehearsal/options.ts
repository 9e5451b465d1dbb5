import { Command, InvalidArgumentError, Option } from "commander";
import { Complaint } from "./complaint.ts";
import { defaultWorkflow } from "./subject.ts";

const exitCodes = `
Exit codes: 0 Released, or a no-release that says why; 1 any other ending; 2 nothing was started, and the message says why.`;

/** Describes the command line. `examples` are the bundled ones, `base` the folder where rehearsals are kept. */
export function commandLine({ examples, base }: { examples: string[]; base: string }): Command {
  return new Command("npm run rehearse --")
    .description(
      "Rehearses a release on this machine: the consumer's workflow and the shipped bundles, against embedded services.",
    )
    .option("--example <name>", `bundled example to release (${examples.join(", ")})`)
    .option("--repo <path>", "release a checkout of your own, as it is at HEAD")
    .option("--workflow <file>", `workflow file in the repository (default: "${defaultWorkflow}")`)
    .addOption(choice("--event <name>", "event that starts it", ["workflow_dispatch", "push"]))
    .option("--input <key=value>", "input of the workflow; may be given several times", collectInput)
    .option(
      "--secret <NAME=value>",
      "stand-in for a secret of the repository; may be given several times",
      collectInput,
    )
    .option("--variable <NAME=value>", "variable of the repository; may be given several times", collectInput)
    .option("--rehearsal", "plan everything, write nothing")
    .option("--fault <name>", "let one thing go wrong; --list names them")
    .option("--resume", "rerun the failed jobs of the latest rehearsal")
    .option("--output <folder>", "where rehearsals are kept", base)
    .option("--port <number>", "port of the embedded GitHub", readPort)
    .addOption(choice("--review <answer>", "what every reviewer answers", ["approved", "rejected"]))
    .option("--list", "list the examples and the faults")
    .addHelpText("after", exitCodes)
    .showHelpAfterError("(npm run rehearse -- --help lists the options)")
    .allowExcessArguments(false)
    .exitOverride();
}

/** What a resumed rehearsal takes from the one before. */
const fixedOnResume = ["repo", "example", "fault", "workflow", "input", "secret", "variable", "event", "rehearsal"];

/** Throws a `Complaint` for options that would have no effect beside others. */
export function refuseContradictions(command: Command): void {
  const given = command.options
    .map((option) => option.attributeName())
    .filter((name) => command.getOptionValueSource(name) === "cli");
  const others = (own: string, without: string[]) =>
    given.includes(own) ? given.filter((name) => without.includes(name)) : [];
  refuse("--list", given.includes("list") ? given.filter((name) => name !== "list") : []);
  refuse("--resume", others("resume", fixedOnResume));
  refuse("--repo", others("repo", ["example", "fault"]));
  const inputs: Record<string, string> = command.opts().input ?? {};
  if (given.includes("rehearsal") && "rehearsal" in inputs) refuse("--rehearsal", ["input rehearsal=…"]);
}

function refuse(option: string, others: string[]): void {
  if (others.length === 0) return;
  const why: Record<string, string> = {
    "--list": "It only lists.",
    "--resume": "A resumed rehearsal goes on as it was begun. Leave them out, or begin a new one.",
    "--repo": "Expected either a checkout or an example: faults are made for the bundled examples.",
    "--rehearsal": "Both say the same input. Leave one out.",
  };
  const found = others.map((name) => `--${name}`).join(" and ");
  throw new Complaint(`expected ${option} alone, found it with ${found}`, why[option] ?? "Leave one out.");
}

function choice(flags: string, description: string, values: string[]): Option {
  return new Option(flags, description).choices(values).default(values[0]);
}

function collectInput(text: string, before: Record<string, string> = {}): Record<string, string> {
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
