import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readFile, realpath, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { randomNonces } from "#src/adapters/random-nonces";
import { systemShell } from "#src/adapters/system-shell";
import { throwawayWorkspaces } from "#src/adapters/throwaway-workspaces";
import type { Config } from "#src/contract/config/schema";
import { readConfig } from "#src/contract/read-config";
import type { PackageInstall } from "#src/ports/package-install";
import { alike } from "#src/testing/alike";
import { aBuiltFile } from "#src/testing/build-builders";
import { aRelease } from "#src/testing/builders";
import { fakeHttpRequests } from "#src/testing/fake-http-requests";
import { conductScenario } from "../../../actions/smoke-test/src/conduct-scenario.ts";
import { judgeConduct, type Outcome } from "../../../actions/smoke-test/src/judge-conduct.ts";
import { judgeTrial, strays } from "../../../actions/smoke-test/src/judge-trial.ts";
import { root } from "../../root.ts";

/** Reads the configuration that a page of the documentation shows. */
export async function shownIn(page: string): Promise<Config> {
  const text = await readFile(join(root, "docs", page), "utf8");
  return readConfig(/```yaml\n([\s\S]*?)```/.exec(text)?.[1] ?? "", page);
}

/** How a scenario ended, with what it found and left undeclared. */
export interface Ended {
  outcome: Outcome;
  codes: string[];
  strays: string[];
  folder: string;
}

/** Conducts one scenario of a configuration on the real disk, with a program that stands where a package would have put it. */
export async function conductIn(
  { channels, smoke }: Config,
  { id, program, name, values = {} }: { id: string; program: string; name: string; values?: Record<string, string> },
): Promise<Ended> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), "stand-in-")));
  for (const one of ["checkout", "temp"]) await mkdir(join(folder, one));
  const scenario = smoke.scenarios.find((one) => one.id === id);
  if (!scenario) throw new Error(`expected the scenario ${id}, found none`);
  const bytes = new TextEncoder().encode(program);
  const digest = (algorithm: string) => createHash(algorithm).update(bytes).digest("hex");
  const file = aBuiltFile({ package: `example-${name}`, sha256: digest("sha256"), sha512: digest("sha512") });
  const own = Object.entries(values);
  const parameters = smoke.parameters
    .filter(({ kind }) => kind !== "credential")
    .map((one) => [one.id, one.value] as const);
  const setting = {
    ...{ release: { ...aRelease({ mode: "rehearsal" }), tag: "v1.1.0", version: "1.1.0" }, previous: undefined },
    ...{ channels, built: [file], policy: smoke, archives: () => [{ name: file.name, bytes }] },
    values: new Map([...parameters, ...own]),
  };
  const conduct = await conductScenario(
    scenario,
    { setting, deadline: Date.now() + 120_000 },
    {
      ...{ shell: systemShell(), clock: { now: () => new Date(), sleep: async () => undefined } },
      ...{ http: fakeHttpRequests(), nonces: randomNonces, packages: alike(placing(name)) },
      repository: { clone: async () => ({ head: "" }) },
      workspaces: throwawayWorkspaces({ temp: join(folder, "temp"), workspace: join(folder, "checkout") }),
    },
  );
  const outcome = judgeConduct(conduct, "1.1.0");
  const trial = conduct.attempts.at(-1)?.trial;
  const left = trial && judgeTrial(trial).length === 0 ? strays(trial).map(({ path }) => path) : [];
  return { outcome, codes: outcome.findings.map(({ code }) => code), strays: left, folder };
}

/** Puts the program where a client of packages would: what is tried here is the program, not the client. */
function placing(name: string): PackageInstall {
  return {
    download: async () => ({ archives: [] }),
    async install([archive], wanted, { directory }) {
      const home = join(directory, "node_modules", ".bin");
      await mkdir(home, { recursive: true });
      await writeFile(join(home, name), archive?.bytes ?? "", { mode: 0o755 });
      const programs = [{ name, resolved: `node_modules/.bin/${name}` }];
      const found = { resolved: "node_modules/.bin", within: ["node_modules"], programs, path: ["node_modules/.bin"] };
      return { ...wanted, ...found, variables: {} };
    },
  };
}
