import { randomInt } from "node:crypto";
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Config } from "#src/contract/config/schema";
import { amend } from "./amend.ts";
import { assumeEnvironments, reviewer } from "./assumed-environments.ts";
import { Complaint } from "./complaint.ts";
import { consumerConfig } from "./consumer-config.ts";
import { eventOf } from "./event.ts";
import type { Fault } from "./faults/fault.ts";
import { type Folders, latestFolders, newFolders } from "./folders.ts";
import { git } from "./git.ts";
import { type Memory, recall } from "./memory.ts";
import { play, refusalOf } from "./play.ts";
import { type Narrator, tell } from "./progress.ts";
import { machineRegistry } from "./registries/machine-registry.ts";
import { notStarted, type Rehearsed, release, type Stage } from "./release.ts";
import { requireClients } from "./required-clients.ts";
import { assumeChecks, ownPackages, seedByCommand, seedRegistries } from "./seed.ts";
import { type StagedService, stageService } from "./service.ts";
import type { Subject } from "./subject.ts";
import { seedTaps } from "./taps.ts";
import { startWorld, type World } from "./world.ts";

/** What to rehearse, and how. */
export interface RehearsalOptions {
  root: string;
  /** Folder of all rehearsals, normally `.rehearsal`. */
  base: string;
  event: string;
  inputs: Record<string, string>;
  /** Stand-ins for the repository's secrets, and its variables. */
  secrets: Record<string, string>;
  vars: Record<string, string>;
  fault?: Fault;
  port?: number;
  reviewers: "approved" | "rejected";
  narrator: Narrator;
  signal?: AbortSignal;
  /** Ends everything at once, as if the machine vanished. */
  end?: AbortSignal;
}

/** Rehearses a release from its beginning. A rehearsal that cannot start leaves nothing behind. */
export async function rehearse(subject: Subject, options: RehearsalOptions): Promise<Rehearsed> {
  await git(["--version"]);
  const folders = newFolders(options.base, subject.name, new Date());
  try {
    const stage = await setUp(subject, folders, options);
    try {
      const reviewers = options.fault?.review ?? options.reviewers;
      return await release(stage, memoryOf(subject, stage, options), { ...options, reviewers });
    } finally {
      await strike(stage);
    }
  } catch (cause) {
    if (!existsSync(folders.memory)) rmSync(folders.home, { recursive: true, force: true });
    throw cause;
  }
}

/** Where the release begins. */
interface NewStage extends Stage {
  branch: string;
  head: string;
}

async function setUp(subject: Subject, folders: Folders, options: RehearsalOptions): Promise<NewStage> {
  const { narrator, root, fault } = options;
  const built = await subject.build(folders.git);
  if (fault?.edits) {
    const { title, edits, key } = fault;
    built.head = await amend(folders.git, built.branch, { message: `chore: ${title}`, edits, key });
  }
  await git(["clone", "--quiet", "--branch", built.branch, folders.git, folders.source]);
  const config = consumerConfig(folders.source);
  const uplink = await uplinkFor(subject, folders, config);
  requireClients(config);
  const { repository, staged } = subject;
  const world = await startWorld({ root, folders, repository, port: options.port, uplink, config, staged });
  let service: StagedService | undefined;
  try {
    for (const text of await seedRegistries(world, config)) narrator.line(text);
    for (const text of subject.taps ? seedTaps(config, folders, subject.taps) : []) narrator.line(text);
    for (const text of await seedByCommand(world, config, subject.publish)) narrator.line(text);
    await requireStartable(world, memoryOf(subject, built, options));
    service = await stageService(world, config, {
      ...{ staged: subject.staged, resumed: false, errorShare: fault?.errorShare },
    });
    for (const name of assumeEnvironments(world, config))
      narrator.line(`assumed: environment ${name} waits for ${reviewer}`);
    if (subject.ci && !fault?.withoutCi) await runCi(world, subject, { ...built, ...options });
    if (!subject.ci)
      for (const name of assumeChecks(world, config, built.head)) narrator.line(`assumed: check ${name} passed`);
    const vanish = vanishing(options);
    await fault?.refs?.(folders.git, built.head);
    fault?.arrange?.(world, { head: built.head, service, kill: () => vanish.abort() });
    if (options.signal?.aborted)
      throw new Complaint("the rehearsal was cancelled before its run began", "Run it again.");
    return { world, service, ...built, vanish };
  } catch (cause) {
    await strike({ world, service });
    throw cause;
  }
}

/** A release that would be refused is refused before anything is played for it. */
async function requireStartable(world: World, memory: Omit<Memory, "result">): Promise<void> {
  const piece = { ...memory, event: eventOf(memory), reviewers: "rejected" as const, watchers: [] };
  const refusal = await refusalOf(world, piece);
  if (refusal) throw notStarted(memory.workflow, refusal);
}

function vanishing({ end }: RehearsalOptions): AbortController {
  const vanish = new AbortController();
  end?.addEventListener("abort", () => vanish.abort(), { once: true });
  return vanish;
}

/** The examples need no package but their own; a user's checkout may read others from where its npm client reads them. */
async function uplinkFor({ staged }: Pick<Subject, "staged">, { source }: Folders, config: Config | undefined) {
  const machine = staged ? undefined : await machineRegistry(source);
  return machine && { ...machine, own: ownPackages(config) };
}

async function strike({ world, service }: Pick<Stage, "world" | "service">): Promise<void> {
  await service?.close();
  await world.close();
}

function memoryOf(
  subject: Subject,
  { branch, head }: Pick<NewStage, "branch" | "head">,
  { event, inputs, secrets, vars, fault }: RehearsalOptions,
): Omit<Memory, "result"> {
  return {
    subject: subject.name,
    staged: subject.staged,
    repository: subject.repository,
    workflow: subject.workflow,
    branch,
    sha: head,
    event,
    inputs: { ...subject.inputs, ...inputs },
    secrets: { ...secrets, ...fault?.secrets },
    vars,
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
    config,
    staged: before.staged,
  });
  for (const { name, conclusion } of before.result.jobs)
    if (conclusion === "lost") options.narrator.line(`! ${name} was lost, and runs again`);
  let service: StagedService | undefined;
  try {
    service = await stageService(world, config, { staged: before.staged, resumed: true });
    const run = { ...before.run, attempt: before.run.attempt + 1 };
    const stage = { world, service, vanish: vanishing(options) };
    return await release(stage, { ...before, run, previous: before.result }, options);
  } finally {
    await strike({ world, service });
  }
}

async function runCi(
  world: World,
  { repository, ci = "" }: Subject,
  at: { branch: string; head: string; narrator: Narrator; signal?: AbortSignal },
) {
  const memory = { repository, branch: at.branch, sha: at.head, event: "push", inputs: {} };
  const result = await play(world, {
    ...memory,
    workflow: ci,
    event: eventOf(memory),
    run: { id: randomInt(100_000, 900_000), number: 1, attempt: 1 },
    reviewers: "rejected",
    watchers: [tell({ ...at.narrator, line: (text) => at.narrator.line(text.replace(/^(\S) /, "$1 CI: ")) })],
    ...(at.signal ? { signal: at.signal } : {}),
  });
  if (result.startupFailure) throw notStarted(ci, result.startupFailure);
}

/** Where a rehearsal's folders would be put. */
export function baseFolder(root: string): string {
  return join(root, ".rehearsal");
}
