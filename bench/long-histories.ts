import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type ArtifactBackend, startArtifacts } from "../rehearsal/artifacts/start-artifacts.ts";
import { buildHistory, type History, type Shape } from "./history.ts";
import { type Command, type Cost, measure, type Unmeasured } from "./measure.ts";
import { commandOf, install, type Peer, peers } from "./peers.ts";
import { planCommand } from "./plan-command.ts";

/** One question about one history. */
interface Case extends Shape {
  title: string;
  /** What `git log` is asked for: the same commits, with their whole messages. */
  range: (base: string) => string[];
  inputs: Record<string, string>;
  /** What the peers' own figures made us aim at; undefined for a case that is harder than theirs. */
  goal?: { seconds: number; megabytes?: number };
  /** How the plan ends: it blocks where the changelog is still to be drafted. */
  code?: number;
  peers: (peer: Peer) => boolean;
}

const quick = ["semantic-release", "conventional-recommended-bump", "git-cliff"];
const isQuick = ({ name }: Peer) => quick.some((one) => name.startsWith(one));

const cases: Case[] = [
  {
    title: "A usual release of a long history: 50,000 commits and 5,000 tags in all, 10 commits since the last one",
    releases: 5_000,
    each: 10,
    since: 10,
    range: (base) => [`${base}..HEAD`],
    inputs: {},
    goal: { seconds: 0.5, megabytes: 80 },
    peers: isQuick,
  },
  {
    title: "A changelog drafted from 10,000 commits, 1,000 tags",
    releases: 1_000,
    since: 10_000,
    undescribed: true,
    range: (base) => [`${base}..HEAD`],
    inputs: {},
    goal: { seconds: 2 },
    code: 1,
    peers: ({ name }) => name.startsWith("git-cliff"),
  },
  {
    title: "A release with 10,000 commits since the one before, 1,000 tags: version, notes, every commit weighed",
    releases: 1_000,
    since: 10_000,
    range: (base) => [`${base}..HEAD`],
    inputs: {},
    peers: () => true,
  },
  {
    title: "A release with 50,000 commits since the one before, 5,000 tags",
    releases: 5_000,
    since: 50_000,
    range: (base) => [`${base}..HEAD`],
    inputs: {},
    peers: isQuick,
  },
  {
    title: "The release before, found among 12,000 tags, 10 commits since",
    releases: 12_000,
    since: 10,
    range: () => ["HEAD"],
    inputs: {},
    peers: isQuick,
  },
  {
    title: "An audit of 12,000 tags: each against the version at its commit, and each version against its tag",
    releases: 12_000,
    since: 10,
    range: () => ["HEAD"],
    inputs: { mode: "audit" },
    peers: () => false,
  },
];

/** Measures plan-release on long histories beside `git log` and the peers, as ratios within one run. */
export async function reportLongHistories(root: string): Promise<void> {
  const cache = join(root, ".cache/bench-peers");
  mkdirSync(cache, { recursive: true });
  for (const one of cases) {
    const history = buildHistory(one);
    const folder = join(history.folder, "artifacts");
    mkdirSync(folder);
    const clock = { now: () => new Date() };
    const backend = await startArtifacts({ folder, clock, journal: join(history.folder, "journal.jsonl") });
    try {
      await reportCase(one, history, { root, cache, backend });
    } finally {
      await backend.close();
      history.remove();
    }
  }
}

async function reportCase(
  { title, range, inputs, goal, code = 0, peers: wanted }: Case,
  history: History,
  { root, cache, backend }: { root: string; cache: string; backend: ArtifactBackend },
): Promise<void> {
  console.log(title);
  const work = history.checkout("work");
  const argv: Command["argv"] = ["git", "log", "--format=%H%n%P%n%B", ...range(history.base)];
  const log = await measure(() => ({ argv, directory: work }));
  if ("because" in log) throw new Error(`expected git to show the history, found: ${log.because}`);
  const bundle = join(root, "dist/plan-release/index.js");
  const own = await measure(() => planCommand(history, { work, inputs, backend, bundle, code }));
  const row = (name: string, cost: Cost | Unmeasured, what: string) =>
    console.log(`  ${name.padEnd(38)} ${describe(cost, log, own)}  ${what}`);
  row("git log", log, "the same commits, whole messages");
  row("plan-release", own, goal ? goalWords(goal, own) : "no goal was set");
  for (const peer of peers.filter(wanted)) row(peer.name, await costOf(peer, history, cache), peer.does);
  console.log("");
}

/** Tells each part of a goal, and whether this run has met it. */
function goalWords({ seconds, megabytes }: NonNullable<Case["goal"]>, own: Cost | Unmeasured): string {
  const time = "because" in own ? undefined : own.milliseconds / 1000;
  const size = "because" in own ? undefined : own.megabytes;
  const parts = [`under ${seconds} s: ${judged(time, seconds)}`];
  if (megabytes !== undefined) parts.push(`under ${megabytes} MB: ${judged(size, megabytes)}`);
  return `goal ${parts.join(", ")}`;
}

function judged(found: number | undefined, limit: number): string {
  if (found === undefined) return "not measured";
  return found < limit ? "met" : "missed";
}

async function costOf(peer: Peer, history: History, cache: string): Promise<Cost | Unmeasured> {
  const installed = install(peer, cache);
  if ("because" in installed) return installed;
  const work = history.checkout(peer.name.replace(/\W+/g, "-"));
  return measure(() => commandOf(peer, installed.bins, { work, ...history }));
}

function describe(cost: Cost | Unmeasured, log: Cost, own: Cost | Unmeasured): string {
  if ("because" in cost) return `not measured: ${cost.because.slice(0, 160)};`;
  const { milliseconds, megabytes } = cost;
  const ratio = (to: Cost | Unmeasured) => ("because" in to ? "–" : (milliseconds / to.milliseconds).toFixed(2));
  const size = megabytes === undefined ? "–" : megabytes.toFixed(0);
  const parts = [
    `${(milliseconds / 1000).toFixed(2).padStart(7)} s`,
    `${size.padStart(4)} MB`,
    `${ratio(log).padStart(7)} × git log`,
    `${ratio(own).padStart(6)} × plan-release`,
  ];
  return parts.join("  ");
}
