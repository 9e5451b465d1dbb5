import { createHash } from "node:crypto";
import type { Mode } from "#src/domain/release";
import type { LedgerStore } from "#src/ports/ledger-store";
import type { Execution, ShellCommand } from "#src/ports/shell";
import { alike } from "#src/testing/alike";
import { aBuiltFile } from "#src/testing/build-builders";
import { aContext, anArrival, aRecord, aRelease, aSha } from "#src/testing/builders";
import { fakeClock } from "#src/testing/fake-clock";
import { fakeHttpRequests } from "#src/testing/fake-http-requests";
import { FakeLedgerStore } from "#src/testing/fake-ledger-store";
import { fakePackageInstall } from "#src/testing/fake-package-install";
import { anExecution } from "#src/testing/fake-shell";
import { fakeWorkspaces } from "#src/testing/fake-workspaces";
import { contract } from "../contract.ts";
import { smokeTest } from "../smoke-test.ts";

/** What a stage of smoke tests is set up with; what is left out is good. */
export interface Setup {
  scenarios?: object[];
  /** Other keys of the section `smoke`. */
  smoke?: object;
  /** Answers of the shell by line; `planted` is what every line says in the place of a planted defect, `planting` what planting it says. */
  answers?: Record<string, Execution | ((command: ShellCommand) => Execution | Promise<Execution>)>;
  packages?: ReturnType<typeof fakePackageInstall>;
  http?: ReturnType<typeof fakeHttpRequests>;
  channels?: object[];
  head?: string;
  mode?: Mode;
  base?: string | null;
  secrets?: Record<string, string>;
  before?: ReturnType<typeof anArrival>[];
  store?: LedgerStore;
  given?: object;
}

/** A record of a build that holds one archive of `buoy`. */
export function aBuild(archive = "the archive") {
  const digest = (algorithm: string) => createHash(algorithm).update(archive).digest("hex");
  const file = aBuiltFile({
    name: "buoy-1.1.0.tgz",
    package: "buoy",
    size: archive.length,
    sha256: digest("sha256"),
    sha512: digest("sha512"),
  });
  const manifest = {
    schema: "seaworthy-build-manifest/1",
    tag: "v1.1.0",
    version: "1.1.0",
    commit: aSha(),
    run: "7",
    workflow: "",
    files: [file],
  };
  return anArrival(aRecord({ stage: "build-manifest" }), {
    "manifest.json": JSON.stringify(manifest),
    [`files/${file.name}`]: archive,
  });
}

/** Sets a stage up, with one scenario that holds unless told otherwise. */
export function setUp({ packages = fakePackageInstall(), http = fakeHttpRequests(), ...rest }: Setup = {}) {
  const { scenarios = [{ id: "works", run: "buoy --version", expect: { version: true } }] } = rest;
  const answers = rest.answers ?? { "buoy --version": anExecution({ output: "buoy 1.1.0\n" }) };
  const [workspaces, clock, refs] = [fakeWorkspaces(), fakeClock(), noRefs()];
  const commands: ShellCommand[] = [];
  const shell = {
    which: async () => undefined,
    run: async (command: ShellCommand) => {
      commands.push(command);
      return answerTo(command, answers);
    },
  };
  const repository = {
    clone: async (ref: string) => {
      refs.push(ref);
      return { head: rest.head ?? aSha() };
    },
  };
  const nonces: string[] = [];
  const before = rest.before ?? [aBuild(), anArrival(aRecord({ stage: "publish-verify" }))];
  const channels = rest.channels ?? [{ id: "npm", kind: "npm", package: "buoy" }];
  const release = aRelease({ mode: rest.mode ?? "live", base: rest.base === undefined ? "v1.0.0" : rest.base });
  const context = aContext({ channels, smoke: { ...rest.smoke, scenarios } }, before, release);
  const ports = {
    workspaces,
    shell,
    clock,
    http,
    repository,
    nonces: { next: () => `nonce-${nonces.push("")}` },
    secrets: { read: (name: string) => rest.secrets?.[name] },
    packages: alike(packages),
    store: rest.store ?? new FakeLedgerStore(),
    attempt: 1,
  };
  const run = () => smokeTest(contract.inputs.parse(rest.given ?? {}), context, ports);
  /** Commands that met the product itself, not a planted defect. */
  const tried = () => commands.filter(({ environment }) => environment.STUBS === undefined);
  return { run, workspaces, commands, tried, clock, packages, refs, http };
}

/** Runs a stage and lists the codes of its checks. */
export async function codesOf(setup: Setup): Promise<string[]> {
  const { checks } = await setUp(setup).run();
  return checks.flatMap(({ code }) => code ?? []);
}

function noRefs(): string[] {
  return [];
}

function chosen(line: string, environment: ShellCommand["environment"], answers: NonNullable<Setup["answers"]>) {
  if (environment.STUB !== undefined) return answers.planting ?? anExecution();
  return environment.STUBS === undefined ? answers[line] : (answers.planted ?? anExecution({ exit: 70 }));
}

function answerTo(command: ShellCommand, answers: NonNullable<Setup["answers"]>): Execution | Promise<Execution> {
  const { line, environment } = command;
  const answer = chosen(line, environment, answers);
  if (typeof answer === "function") return answer(command);
  return answer ?? anExecution({ ending: "not-started", exit: undefined, output: `no answer for ${line}` });
}
