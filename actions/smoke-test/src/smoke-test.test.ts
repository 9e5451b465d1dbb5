import { describe, expect, it } from "vitest";
import { conclude } from "#src/domain/verdict";
import { anArrival, aRecord, aSha } from "#src/testing/builders";
import { anInstalledPackage, fakePackageInstall } from "#src/testing/fake-package-install";
import { anExecution } from "#src/testing/fake-shell";
import { lookup } from "./found-programs.ts";
import { aBuild, codesOf as codes, type Setup, setUp } from "./testing/smoke-stage.ts";

const works = { id: "works", run: "buoy --version", expect: { version: true } };
const channels = [{ id: "npm", kind: "npm", package: "buoy" }];
const good = { "buoy --version": anExecution({ output: "buoy 1.1.0\n" }) };

describe("smoke-test", () => {
  it("passes when the published package does what each scenario expects, and removes the workspace", async () => {
    const { run, workspaces, packages } = setUp();
    const report = await run();
    expect(conclude(report.checks).result).toBe("pass");
    expect(report.outputs).toEqual({ recommendation: "none", reason: "", passed: "1", failed: "0" });
    expect(packages.downloads).toEqual([{ name: "buoy", version: "1.1.0" }]);
    expect(workspaces.discarded).toContain("/temp/works");
    expect(report.subjects?.[0]?.name).toBe("buoy-1.1.0.tgz");
  });

  it("F20: tries the rest after an advisory failure, and writes the table of all", async () => {
    const advisory = { id: "extra", run: "buoy extra", expect: { exit: 0 }, required: false };
    const { run } = setUp({
      scenarios: [advisory, works],
      answers: { ...good, "buoy extra": anExecution({ exit: 9 }) },
    });
    const report = await run();
    expect(conclude(report.checks).result).toBe("pass");
    expect(report.outputs).toEqual({ recommendation: "none", reason: "", passed: "1", failed: "1" });
    expect(report.summary).toMatch(
      /#### Passed[\s\S]*works[\s\S]*#### Failed or degraded[\s\S]*fail \(advisory\).*extra/,
    );
  });

  it("SMK-01: a required scenario that fails is named, its log kept and its workspace left", async () => {
    const { run, workspaces } = setUp({ answers: { "buoy --version": anExecution({ exit: 1, output: "boom\n" }) } });
    const report = await run();
    expect(conclude(report.checks)).toEqual({ result: "fail", decidedBy: ["scenario-works"] });
    expect(report.attachments?.find(({ name }) => name === "logs/works.txt")?.content).toMatch(/^boom\n/);
    expect(workspaces.discarded).not.toContain("/temp/works");
  });

  it.each([
    ["comes to its end", anExecution({ output: "buoy 1.1.0" }), "pass"],
    ["fails", anExecution({ exit: 1 }), "fail"],
  ])(
    "ends and names what a scenario that %s leaves running, before it looks at what is left",
    async (_how, said, result) => {
      const stage = setUp({
        base: null,
        answers: {
          "buoy --version": () => {
            stage.workspaces.running.set("/temp/works", ["tided"]);
            return said;
          },
        },
      });
      const { checks } = await stage.run();
      expect(conclude(checks).result).toBe(result);
      expect(checks.find(({ code }) => code === "smoke.left-running")?.because).toContain("tided");
      expect(stage.workspaces.running.size).toBe(0);
    },
  );

  it("installs nothing whose bytes are not the built ones", async () => {
    const packages = fakePackageInstall({ archive: "other bytes" });
    expect(await codes({ packages })).toEqual(["smoke.wrong-bytes"]);
    expect(packages.installs).toEqual([]);
  });

  it.each([
    ["SMK-02: no scenario", { scenarios: [] }, "smoke.no-cases"],
    ["SMK-06: a scenario without an oracle", { scenarios: [{ id: "a", run: "a" }] }, "smoke.case-without-oracle"],
    ["no channel to install from", { channels: [] }, "smoke.no-channel"],
    ["two channels and none named", { channels: [...channels, { id: "tag", kind: "git-tag" }] }, "smoke.no-channel"],
    [
      "a channel without an artifact",
      { channels: [{ id: "npm", kind: "npm", package: "other" }] },
      "smoke.no-artifact",
    ],
    [
      "F52: another package in the archive",
      { packages: fakePackageInstall({ installed: anInstalledPackage({ name: "bouy" }) }) },
      "smoke.wrong-binary",
    ],
    [
      "an absent record of the build",
      { before: [anArrival(aRecord({ stage: "publish-verify" }))] },
      "all.evidence-missing",
    ],
    ["an absent record of the publication", { before: [aBuild()] }, "all.evidence-missing"],
    [
      "a publication that did not pass",
      {
        before: [
          aBuild(),
          anArrival(aRecord({ stage: "publish-verify", verdict: { result: "fail", "decided-by": ["one"] } })),
        ],
      },
      "smoke.stage-not-passed",
    ],
  ] satisfies [string, Setup, string][])("%s blocks", async (_rule, setup, code) => {
    expect((await codes(setup))[0]).toBe(code);
  });

  it("SMK-03: waits and tries three times where the registry is to blame, and then cannot tell", async () => {
    const trouble = { ended: "exit code 1", said: "npm error code E503" };
    const { run, clock } = setUp({ packages: fakePackageInstall({ troubles: [trouble, trouble, trouble] }) });
    const { checks } = await run();
    expect(conclude(checks).result).toBe("inconclusive");
    expect(clock.sleeps).toEqual([10_000, 20_000]);
  });

  it("goes on when a later try succeeds, and never retries what the product is to blame for", async () => {
    const late = { ended: "exit code 1", said: "npm error code E404" };
    expect(await codes({ packages: fakePackageInstall({ troubles: [late] }) })).toEqual([]);
    const broken = setUp({ packages: fakePackageInstall({ troubles: [{ ended: "exit code 1", said: "boom" }] }) });
    await broken.run();
    expect(broken.clock.sleeps).toEqual([]);
  });

  it("SMK-10: a rehearsal takes the built archive and asks no registry", async () => {
    const { run, packages } = setUp({ mode: "rehearsal" });
    expect(conclude((await run()).checks).result).toBe("pass");
    expect(packages.downloads).toEqual([]);
    expect(packages.installs).toEqual(["the archive"]);
  });

  it("SMK-10: `origin: artifact` installs the built archive in live mode, too", async () => {
    const { run, packages } = setUp({ scenarios: [{ ...works, origin: "artifact" }] });
    expect(conclude((await run()).checks).result).toBe("pass");
    expect(packages.downloads).toEqual([]);
    expect(packages.installs).toEqual(["the archive"]);
  });

  it.each<[string, { version?: string; path?: string; exit?: number; build?: number }, string | undefined]>([
    ["passes where it prints the development version", {}, undefined],
    ["is refused where it prints the released version", { version: "buoy 1.1.0" }, "smoke.wrong-binary"],
    ["is refused where the machine's program comes first", { path: "/usr/bin/buoy" }, "smoke.wrong-binary"],
    ["is refused where there is no such program", { path: "", exit: 1 }, "smoke.wrong-binary"],
    ["fails where the build does", { build: 2 }, "smoke.install-failed"],
  ])("SMK-10: a build from source %s", async (_rule, found, code) => {
    const { version = "buoy v1.1.0-dev", path = "/temp/built/workspace/build/buoy", exit = 0, build = 0 } = found;
    const scenario = {
      ...works,
      id: "built",
      origin: "source-build",
      build: { run: "make", programs: ["buoy"], version: "buoy --dev" },
    };
    const answers = {
      ...good,
      'mkdir -p "$BUILD"\nmake': anExecution({ exit: build }),
      "buoy --dev": anExecution({ output: version }),
      [lookup]: anExecution({ output: `${path}\n${path}\n`, exit }),
    };
    const { run, refs, packages } = setUp({ scenarios: [scenario], answers });
    expect((await run()).checks.flatMap((check) => check.code ?? [])).toEqual(code ? [code] : []);
    expect([refs, packages.installs]).toEqual([[aSha()], []]);
  });

  it("F52: a program that the scenario calls and the installation lacks is refused, whatever the machine has", async () => {
    const answers = { ...good, [lookup]: anExecution({ output: "/usr/bin/buoy\n/usr/bin/buoy\n" }) };
    expect(await codes({ scenarios: [{ ...works, programs: ["buoy"] }], answers })).toEqual(["smoke.wrong-binary"]);
  });

  it("clones the tag in live mode, the commit in a rehearsal, and refuses another head", async () => {
    const [live, dry] = [
      setUp({ channels: [{ id: "tag", kind: "git-tag" }] }),
      setUp({ channels: [{ id: "tag", kind: "git-tag" }], mode: "rehearsal" }),
    ];
    expect(conclude((await live.run()).checks).result).toBe("pass");
    await dry.run();
    expect([live.refs, dry.refs]).toEqual([["refs/tags/v1.1.0"], [aSha()]]);
    expect(await codes({ channels: [{ id: "tag", kind: "git-tag" }], head: aSha("b") })).toEqual([
      "smoke.wrong-binary",
    ]);
  });

  it("SMK-09: sees what a scenario wrote into the checkout, the home and the workspace", async () => {
    const { workspaces, run, tried } = setUp({
      answers: {
        "buoy --version": () => {
          workspaces.disk.set("/checkout/dirty", "x");
          workspaces.disk.set("/temp/works/home/.rc", "x");
          workspaces.disk.set("/temp/works/workspace/stray", "x");
          return anExecution({ output: "1.1.0" });
        },
      },
    });
    const { checks } = await run();
    expect(checks.flatMap(({ code }) => code ?? [])).toEqual(["smoke.tree-dirty", "smoke.stray-write"]);
    expect(checks.find(({ id }) => id === "scenario-works")?.because).toContain(".rc (added)");
    expect(tried()[0]?.environment).toEqual({
      HOME: "/temp/works/home",
      PATH: "/temp/works/workspace/node_modules/.bin",
      RELEASE_TAG: "v1.1.0",
      RELEASE_VERSION: "1.1.0",
    });
  });

  it("runs no command on a product that is not the wanted one", async () => {
    const { run, tried } = setUp({
      packages: fakePackageInstall({ installed: anInstalledPackage({ version: "1.0.0" }) }),
    });
    expect(conclude((await run()).checks).result).toBe("fail");
    expect(tried()).toEqual([]);
  });

  it("does not blame the scenario for what the installation wrote into the workspace", async () => {
    const { run, workspaces, packages } = setUp();
    const install = packages.install;
    packages.install = async (archives, wanted, into) => {
      workspaces.disk.set("/temp/works/workspace/node_modules/buoy/cli.js", "x");
      return install(archives, wanted, into);
    };
    expect((await run()).checks.flatMap(({ code }) => code ?? [])).toEqual([]);
  });

  it("a workspace that cannot be opened stops its scenario and no other", async () => {
    const { run, workspaces } = setUp({ scenarios: [{ ...works, id: "full" }, works] });
    const open = workspaces.open;
    workspaces.open = async (name) => {
      if (name === "full") throw new Error("no space left on device");
      return open(name);
    };
    const { checks } = await run();
    expect(checks.map(({ id, result }) => `${id} ${result}`).slice(-3, -1)).toEqual([
      "scenario-full inconclusive",
      "scenario-works pass",
    ]);
  });
});
