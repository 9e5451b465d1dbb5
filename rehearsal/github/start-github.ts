import { createServer } from "node:http";
import { resolve } from "node:path";
import { formatInstant } from "#src/domain/instant";
import { listenOnLoopback } from "../clock/loopback.ts";
import { createTurns } from "../turns.ts";
import type { Parts } from "./api.ts";
import type { ArtifactSource } from "./artifact-source.ts";
import { createFaults, type Faults } from "./faults.ts";
import { openGit } from "./git/git.ts";
import { defaultBranch } from "./git/refs.ts";
import { createGuard } from "./guard.ts";
import { type JournalLine, openJournal } from "./journal.ts";
import { readDescription, readOperations } from "./openapi.ts";
import { createRateLimits } from "./rate-limit.ts";
import {
  type CheckRunReport,
  createRecorder,
  type EnvironmentReport,
  type Recorder,
  type RulesetReport,
} from "./recording.ts";
import type { Dispatch } from "./records.ts";
import { createRouter } from "./router.ts";
import { routes } from "./routes/all.ts";
import { environmentNamed } from "./routes/environments.ts";
import { listenerFor } from "./server.ts";
import { type Snapshot, takeSnapshot } from "./snapshot.ts";
import type { State } from "./state.ts";
import { emptyState, loadState, saveState } from "./state-file.ts";
import { installHook, writeBurntTags } from "./tag-protection.ts";
import { createTokens, type Permissions } from "./tokens.ts";
import type { Place, World } from "./world.ts";

/** How the embedded GitHub is set up. */
export interface GitHubOptions {
  /** `owner/name` */
  readonly repository: string;
  /** An existing bare repository; its `update` hook is replaced. */
  readonly gitDir: string;
  readonly clock: { now(): Date };
  /** File that each request is appended to, one JSON object a line. */
  readonly journal: string;
  readonly port?: number;
  /** First label of the server's name: `http://<hostLabel>.localhost:PORT`. */
  readonly hostLabel?: string;
  /** File that keeps everything beside git; what it holds is found again, and options below are then not applied once more. */
  readonly stateFile?: string;
  readonly checkRuns?: readonly CheckRunReport[];
  readonly environments?: readonly EnvironmentReport[];
  /** Without any, tags like `v1.2.3` can be made but never moved or deleted. */
  readonly rulesets?: readonly RulesetReport[];
  readonly immutableReleases?: boolean;
}

/** A running embedded GitHub. */
export interface EmbeddedGitHub extends Recorder {
  readonly apiUrl: string;
  /** `*.localhost`, as the artifact client demands. git and curl resolve it by themselves, Node.js only where the system does. */
  readonly serverUrl: string;
  /** Remote for git on the loopback number, which every client resolves. */
  readonly gitUrl: string;
  /** Makes a token; `stage` is what its requests are counted under, `login` whom they are attributed to. */
  issueToken(grant: { readonly permissions: Permissions; readonly stage?: string; readonly login?: string }): string;
  revokeToken(token: string): void;
  /** Calls back after a workflow or repository dispatch was answered; the run it made, if any, is already listed as queued. */
  onDispatch(callback: (dispatch: Dispatch) => void): void;
  /** Calls back after each request, once it is answered and written down. */
  onRequest(callback: (line: JournalLine) => void): void;
  /** Who may let a job of this environment start; undefined where there is no such environment. */
  reviewersOf(environment: string): string[] | undefined;
  /** Connects the artifact backend whose contents the artifact routes show. */
  serveArtifacts(source: ArtifactSource): void;
  /** Serves another repository, by git and to read only, as its public neighbour; `owner/name`. */
  serveTap(repository: string, gitDir: string): void;
  readonly faults: Faults;
  /** Journal lines that must fail a rehearsal: guard violations, unserved routes, failures of the server itself. */
  problems(): readonly JournalLine[];
  snapshot(): Promise<Snapshot>;
  close(): Promise<void>;
}

/** The ruleset that holds when none is given: a released version's tag never changes. */
const VERSION_TAGS: RulesetReport = {
  name: "version tags",
  target: "tag",
  include: ["refs/tags/v*.*.*"],
  rules: [{ type: "update" }, { type: "deletion" }],
};

/** Starts the embedded GitHub on 127.0.0.1. Throws when the port is taken or the folder is not a git repository. */
export async function startGitHub(options: GitHubOptions): Promise<EmbeddedGitHub> {
  const { clock, stateFile } = options;
  const git = openGit(resolve(options.gitDir));
  const main = await defaultBranch(git);
  const saved = stateFile === undefined ? undefined : loadState(stateFile);
  const state = saved ?? emptyState(formatInstant(clock.now()));
  const server = createServer();
  const { url, close } = await listenOnLoopback(server, options.port);
  const place = placeOf(options, url);
  const neighbours: Neighbours = { listeners: [] };
  const rates = createRateLimits(clock);
  const world: World = { place, git, state, clock, ...towards(neighbours, rates) };
  const changed = () => stateFile !== undefined && saveState(stateFile, state);
  const recorder = createRecorder(world, changed);
  if (!saved) configure(recorder, state, options);
  await prepare(world, main);
  const parts = assemble(world, rates, changed);
  const journal = openJournal(options.journal);
  server.on("request", listenerFor(parts, journal));
  return {
    ...recorder,
    apiUrl: place.apiUrl,
    serverUrl: place.serverUrl,
    gitUrl: `${place.apiUrl}/${place.owner}/${place.name}.git`,
    issueToken: parts.tokens.issue,
    revokeToken: parts.tokens.revoke,
    onDispatch: (callback) => void neighbours.listeners.push(callback),
    onRequest: journal.onLine,
    reviewersOf: (name) => environmentNamed(state, name)?.reviewers,
    serveArtifacts: (source) => {
      neighbours.artifacts = source;
    },
    serveTap: (repository, gitDir) => void parts.taps.set(repository.toLowerCase(), gitDir),
    faults: parts.faults,
    problems: journal.problems,
    snapshot: () => takeSnapshot(git, state),
    close: () => {
      changed();
      return close();
    },
  };
}

/** Whoever is connected after the start: the artifact backend, and those who wait for dispatches. */
interface Neighbours {
  artifacts?: ArtifactSource;
  readonly listeners: ((dispatch: Dispatch) => void)[];
}

function towards(neighbours: Neighbours, rates: Parts["rates"]): Pick<World, "artifacts" | "dispatched" | "rates"> {
  return {
    artifacts: () => neighbours.artifacts,
    dispatched: (dispatch) =>
      void setImmediate(() => neighbours.listeners.map((listener) => listener(structuredClone(dispatch)))),
    rates: () => ({
      resources: { core: rates.budget("core"), search: rates.budget("search") },
      rate: rates.budget("core"),
    }),
  };
}

/** Gives the bare repository GitHub's manners: partial clones, any commit by its id, and rules that hold for pushes. */
async function prepare({ git, state }: World, main: string): Promise<void> {
  for (const allowed of ["allowFilter", "allowAnySHA1InWant"]) {
    await git.run(["config", `uploadpack.${allowed}`, "true"]);
  }
  installHook(git.dir, state.rulesets, main);
  writeBurntTags(git.dir, state.burntTags);
}

function assemble(world: World, rates: Parts["rates"], changed: () => void): Parts {
  const description = readDescription();
  const route = createRouter(readOperations(description));
  const faults = createFaults(() => {
    rates.exhaust("core");
    rates.exhaust("graphql");
  });
  return {
    world,
    routes,
    route,
    guard: createGuard(description),
    tokens: createTokens(),
    rates,
    faults,
    changed,
    inTurn: createTurns(),
    taps: new Map(),
  };
}

function configure(recorder: Recorder, state: State, options: GitHubOptions): void {
  state.immutableReleases = options.immutableReleases ?? false;
  for (const report of options.rulesets ?? [VERSION_TAGS]) recorder.recordRuleset(report);
  for (const report of options.environments ?? []) recorder.recordEnvironment(report);
  for (const report of options.checkRuns ?? []) recorder.recordCheckRun(report);
}

function placeOf({ repository, hostLabel = "github" }: GitHubOptions, apiUrl: string): Place {
  const [owner = "", name = "", ...rest] = repository.split("/");
  if (owner === "" || name === "" || rest.length > 0)
    throw new Error(`expected the repository as owner/name, found "${repository}"`);
  const serverUrl = `http://${hostLabel}.localhost:${new URL(apiUrl).port}`;
  return { apiUrl, serverUrl, owner, name };
}
