import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { npmPackageInstall } from "#src/adapters/npm-package-install";
import { randomNonces } from "#src/adapters/random-nonces";
import { systemShell } from "#src/adapters/system-shell";
import { throwawayWorkspaces } from "#src/adapters/throwaway-workspaces";
import { configSchema } from "#src/contract/config/schema";
import { alike } from "#src/testing/alike";
import { aRelease } from "#src/testing/builders";
import { fakeHttpRequests } from "#src/testing/fake-http-requests";
import { tarballOf } from "#src/testing/tarball";
import { conductScenario } from "./conduct-scenario.ts";
import { judgeConduct } from "./judge-conduct.ts";
import { strays } from "./judge-trial.ts";

const program = `#!/usr/bin/env node
const { writeFileSync } = require("node:fs");
const [, , word, file] = process.argv;
if (word === "write") writeFileSync(file, '{"completed":true}\\n');
console.log("buoy 1.1.0", process.env.HOME);
`;
const archive = tarballOf({ name: "buoy", version: "1.1.0", bin: "cli.js" }, [
  { path: "package/cli.js", content: program },
  { path: "package/whole.js", content: 'require("node:fs")' },
  { path: "package/needy.js", content: 'require("rope")' },
]);
const digest = (algorithm: string) => createHash(algorithm).update(archive).digest("hex");

let folder: string;
beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "smoke-")));
  await mkdir(join(folder, "checkout"));
  await mkdir(join(folder, "temp"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function attempt(scenario: object) {
  const config = configSchema.parse({
    channels: [{ id: "npm", kind: "npm", package: "buoy" }],
    smoke: { scenarios: [{ id: "one", ...scenario }] },
  });
  const file = {
    name: "buoy-1.1.0.tgz",
    kind: "npm" as const,
    package: "buoy",
    platform: null,
    size: archive.length,
    sha256: digest("sha256"),
    sha512: digest("sha512"),
    mode: "644",
    registry: null,
  };
  const release = { ...aRelease({ mode: "rehearsal" }), tag: "v1.1.0", version: "1.1.0" };
  const shell = systemShell();
  const [scenarioPolicy] = config.smoke.scenarios;
  if (!scenarioPolicy) throw new Error("expected a scenario, found none");
  const clock = { now: () => new Date(), sleep: async () => undefined };
  const setting = { release, previous: undefined, channels: config.channels, built: [file] };
  const conduct = await conductScenario(
    scenarioPolicy,
    {
      setting: {
        ...setting,
        policy: config.smoke,
        archives: () => [{ name: file.name, bytes: archive }],
        values: new Map(),
      },
      deadline: Date.now() + 300_000,
    },
    {
      shell,
      clock,
      http: fakeHttpRequests(),
      nonces: randomNonces,
      packages: alike(npmPackageInstall(shell, {})),
      repository: { clone: async () => ({ head: "" }) },
      workspaces: throwawayWorkspaces({ temp: join(folder, "temp"), workspace: join(folder, "checkout") }),
    },
  );
  const { findings } = judgeConduct(conduct, "1.1.0");
  const trial = conduct.attempts.at(-1)?.trial;
  if (!trial) throw new Error(`expected a try, found ${JSON.stringify(findings)}`);
  const [facts] = trial.steps.map((one) => one.facts);
  const output = facts?.kind === "command" ? facts.execution.output : undefined;
  const codes = findings.map(({ code }) => code);
  return { conduct, trial, codes, output, strays: strays(trial).map(({ path }) => path) };
}

describe("a scenario on the real disk, with the real npm client", () => {
  it("passes with a home of its own, and leaves no trace outside its workspace", async () => {
    const { codes, trial, output, conduct } = await attempt({
      run: "buoy write log.jsonl",
      expect: { version: true, "json-lines": [{ file: "log.jsonl", pointer: "/completed", equals: true }] },
    });
    expect(codes).toEqual([]);
    expect(output).toBe(`buoy 1.1.0 ${trial.root}/home\n`);
    expect(await readdir(join(folder, "checkout"))).toEqual([]);
    expect(conduct.planted.failing?.findings[0]?.because).toContain("found 70");
    expect(conduct.planted.silent?.ending).toBe("fail");
  });

  it("SMK-09 F53: is seen to write into the checkout, its home, and undeclared files", async () => {
    const { codes, strays: found } = await attempt({
      run: `buoy write "${join(folder, "checkout")}/dirt"; buoy write "$HOME/.rc"; buoy write stray`,
      expect: { exit: 0 },
    });
    expect(codes).toEqual(["smoke.tree-dirty", "smoke.isolation-leak"]);
    expect(found).toEqual(["stray"]);
  });

  it("SMK-41 SMK-42: gets a value back from a program that really keeps it, and not from one that is told it again", async () => {
    const store = { kind: "probe", act: "store", value: "word", run: 'buoy write "$PROBE_VALUE"' };
    const recall = { kind: "probe", act: "recall", value: "word", run: "ls" };
    expect((await attempt({ steps: [store, recall] })).codes).toEqual([]);
    const told = { ...recall, run: 'echo "${PROBE_VALUE-}"' };
    expect((await attempt({ steps: [store, told] })).codes).toEqual(["smoke.probe-failed"]);
  });

  it("SMK-24 F39: is imported from the installation alone, and not without what it needs and does not declare", async () => {
    const importing = (...modules: string[]) => attempt({ steps: [{ kind: "import", modules }] });
    const whole = await importing("buoy/whole.js");
    expect([whole.codes, whole.strays, whole.conduct.planted.failing?.ending]).toEqual([[], [], "fail"]);
    const needy = await importing("buoy/whole.js", "buoy/needy.js");
    expect(needy.codes).toEqual(["smoke.import-failed"]);
    expect(needy.output).toContain("Cannot find module 'rope'");
  });

  it("cannot fail where it does not need the product, and that is seen", async () => {
    const { conduct } = await attempt({ run: "buoy || true", expect: { exit: 0 } });
    expect(conduct.planted.failing?.ending).toBe("pass");
  });

  it("SMK-08: is stopped when it is silent for too long", async () => {
    const idle = { run: "echo a; exec tail -f /dev/null", "idle-timeout": "200ms", expect: { exit: 0 } };
    const { codes, conduct } = await attempt(idle);
    expect(codes).toEqual(["smoke.hung"]);
    expect(conduct.attempts[0]?.findings[0]?.because).toContain("silent");
  });

  it("is stopped when its time is up", async () => {
    const { codes } = await attempt({ run: "exec tail -f /dev/null", timeout: "200ms", expect: { exit: 0 } });
    expect(codes).toEqual(["smoke.hung"]);
  });
});
