import { randomInt } from "node:crypto";
import { rmSync } from "node:fs";
import { join } from "node:path";
import type { Config } from "#src/contract/config/schema";
import { amend } from "./amend.ts";
import { Complaint } from "./complaint.ts";
import { consumerConfig } from "./consumer-config.ts";
import { playDispatches } from "./dispatched.ts";
import { eventOf } from "./event.ts";
import type { Fault } from "./faults/fault.ts";
import { type Folders, latestFolders, newFolders, pointLatestAt } from "./folders.ts";
import { git } from "./git.ts";
import { keepSummaries } from "./keep-summaries.ts";
import { type Memory, recall, remember } from "./memory.ts";
import { bringOutcome, type Outcome, reportPath } from "./outcome.ts";
import { play } from "./play.ts";
import { type Narrator, tell } from "./progress.ts";
import { machineRegistry } from "./registries/machine-registry.ts";
import { countRequests, type RequestCount } from "./request-counts.ts";
import type { RunEvent, RunResult } from "./runner/contract.ts";
import { assumeChecks, seedRegistry } from "./seed.ts";
import { type StagedService, stageService } from "./service.ts";
import type { Subject } from "./subject.ts";
import { startWorld, type World } from "./world.ts";

/** What to rehearse, and how. */
export interface RehearsalOptions {
  root: string;
  /** Folder of all rehearsals, normally `.rehearsal`. */
  base: string;
  event: string;
  inputs: Record<string, string>;
  fault?: Fault;
  port?: number;
  reviewers: "approved" | "rejected";
  narrator: Narrator;
  signal?: AbortSignal;
}

/** How a rehearsal ended, with where to look. */
export interface Rehearsed extends Outcome {
  folder: string;
  report: string | undefined;
  requests: RequestCount[];
  /** What the embedded GitHub complained about; a rehearsal with complaints has failed whatever its verdict. */
  problems: string[];
  /** Whether the run left every server as it was; only told of a rehearsed mode. */
  untouched: boolean | undefined;
}

/** Rehearses a release from its beginning. A rehearsal that cannot be set up leaves nothing behind. */
export async function rehearse(subject: Subject, options: RehearsalOptions): Promise<Rehearsed> {
  await git(["--version"]);
  const folders = newFolders(options.base, subject.name, new Date());
  const stage = await setUp(subject, folders, options).catch((cause: unknown) => {
    rmSync(folders.home, { recursive: true, force: true });
    throw cause;
  });
  try {
    pointLatestAt(folders);
    return await release(stage, memoryOf(subject, stage, options), options);
  } finally {
    await strike(stage);
  }
}

/** A world that is ready for its release run. */
interface Stage {
  world: World;
  service: StagedService | undefined;
  branch: string;
  head: string;
  vanish: AbortController;
}

async function setUp(subject: Subject, folders: Folders, options: RehearsalOptions): Promise<Stage> {
  const { narrator, root, fault } = options;
  const built = await subject.build(folders.git);
  if (fault?.edits)
    built.head = amend(folders.git, built.branch, { message: `chore: ${fault.title}`, edits: fault.edits });
  await git(["clone", "--quiet", "--branch", built.branch, folders.git, folders.source]);
  const config = consumerConfig(folders.source);
  const uplink = await uplinkFor(subject, folders, config);
  const world = await startWorld({ root, folders, repository: subject.repository, port: options.port, uplink });
  try {
    for (const text of await seedRegistry(world, config)) narrator.line(text);
    const service = await stageService(world, config, subject.staged);
    if (subject.ci && !fault?.withoutCi) await runCi(world, subject, { ...built, narrator });
    if (!subject.ci)
      for (const name of assumeChecks(world, config, built.head)) narrator.line(`assumed: check ${name} passed`);
    const vanish = new AbortController();
    await fault?.arrange?.(world, { head: built.head, service, kill: () => vanish.abort() });
    return { world, service, ...built, vanish };
  } catch (cause) {
    await world.close();
    throw cause;
  }
}

/** The examples need no package but their own; a user's checkout may read others from where its npm client reads them. */
async function uplinkFor({ staged }: Pick<Subject, "staged">, { source }: Folders, config: Config | undefined) {
  const machine = staged ? undefined : await machineRegistry(source);
  const own = (config?.channels ?? []).flatMap((channel) => (channel.kind === "npm" ? channel.package : []));
  return machine && { ...machine, own };
}

async function strike({ world, service }: Pick<Stage, "world" | "service">): Promise<void> {
  await service?.close();
  await world.close();
}

function memoryOf(
  subject: Subject,
  { branch, head }: Stage,
  { event, inputs }: RehearsalOptions,
): Omit<Memory, "result"> {
  return {
    subject: subject.name,
    staged: subject.staged,
    repository: subject.repository,
    workflow: subject.workflow,
    branch,
    sha: head,
    event,
    inputs,
    run: { id: randomInt(1_000_000, 9_000_000), number: 1, attempt: 1 },
  };
}

/** Goes on with the latest rehearsal: its failed jobs run again, as a person would rerun them. */
export async function resume(options: RehearsalOptions): Promise<Rehearsed> {
  const folders = latestFolders(options.base);
  const before = recall(folders.memory);
  if (before.result.conclusion === "success") {
    throw new Complaint(
      "expected a rehearsal that did not come to its end, found one that succeeded",
      "Start a new one.",
    );
  }
  const config = consumerConfig(folders.source);
  const world = await startWorld({
    root: options.root,
    folders,
    repository: before.repository,
    port: options.port,
    uplink: await uplinkFor(before, folders, config),
  });
  const service = await stageService(world, config, before.staged);
  try {
    const run = { ...before.run, attempt: before.run.attempt + 1 };
    const stage = { world, service, vanish: new AbortController() };
    return await release(stage, { ...before, run, previous: before.result }, options);
  } finally {
    await strike({ world, service });
  }
}

async function release(
  { world, service, vanish }: Pick<Stage, "world" | "service" | "vanish">,
  { previous, ...memory }: Omit<Memory, "result"> & { previous?: RunResult },
  { fault, narrator, reviewers, signal }: RehearsalOptions,
): Promise<Rehearsed> {
  const before = await world.snapshot();
  const { repository, branch } = memory;
  const dispatched = playDispatches(world, { repository, branch, reviewers, narrator, signal });
  const result = await play(world, {
    ...memory,
    event: eventOf(memory),
    reviewers,
    watchers: [
      tell(narrator),
      keepSummaries(world.folders.home),
      (event: RunEvent) => fault?.during?.(world, event, { kill: () => vanish.abort(), service }),
    ],
    killSignal: vanish.signal,
    ...(previous ? { previous } : {}),
    ...(signal ? { signal } : {}),
  });
  remember(world.folders.memory, { ...memory, result });
  const last = await dispatched.deciding(result);
  const untouched = isRehearsal(memory) ? JSON.stringify(before) === JSON.stringify(await world.snapshot()) : undefined;
  return {
    ...bringOutcome(world, last),
    folder: world.folders.home,
    report: reportPath(world),
    requests: countRequests(world.folders.journal),
    problems: world.github
      .problems()
      .map(({ method, path, guard }) => `${method} ${path}: ${guard?.violations.join(", ") ?? "not served"}`),
    untouched,
  };
}

const isRehearsal = ({ inputs }: Pick<Memory, "inputs">) => inputs.rehearsal === "true";

async function runCi(world: World, subject: Subject, at: { branch: string; head: string; narrator: Narrator }) {
  const memory = { repository: subject.repository, branch: at.branch, sha: at.head, event: "push", inputs: {} };
  const result = await play(world, {
    ...memory,
    workflow: subject.ci ?? "",
    event: eventOf(memory),
    run: { id: randomInt(100_000, 900_000), number: 1, attempt: 1 },
    reviewers: "rejected",
    watchers: [tell({ ...at.narrator, line: (text) => at.narrator.line(text.replace(/^(\S) /, "$1 CI: ")) })],
  });
  if (result.startupFailure)
    throw new Complaint(`expected CI to start, found: ${result.startupFailure}`, `Correct ${subject.ci}.`);
}

/** Where a rehearsal's folders would be put; exported for messages. */
export function baseFolder(root: string): string {
  return join(root, ".rehearsal");
}
