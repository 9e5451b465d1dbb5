import { describe, expect, it } from "vitest";
import { configSchema } from "#src/contract/config/schema";
import type { Execution, ShellCommand } from "#src/ports/shell";
import { anInstalledPackage, fakePackageInstall } from "#src/testing/fake-package-install";
import { anExecution } from "#src/testing/fake-shell";
import { importing } from "./importing.ts";
import { codesOf, setUp } from "./testing/smoke-stage.ts";

const steps = [{ kind: "import", modules: ["buoy", "buoy/storage"] }];
const one = (more: object = {}) => [{ id: "one", steps, ...more }];
const { channels, smoke } = configSchema.parse({
  channels: [{ id: "npm", kind: "npm", package: "buoy" }],
  smoke: { scenarios: one() },
});
const line = smoke.scenarios.map((scenario) => importing(scenario, { channels }))[0] ?? "";
const answering = (ending: Partial<Execution>) => ({
  [line]: ({ environment }: ShellCommand) => anExecution(environment.STUBS === undefined ? ending : { exit: 1 }),
});

describe("SMK-24: an import", () => {
  it.each([
    ["passes where every module is there", {}, undefined],
    ["F39: fails where one is not, with a code of its own", { exit: 1 }, "smoke.import-failed"],
    ["fails where it never ends", { ending: "timed-out" as const, exit: undefined }, "smoke.import-failed"],
  ])("%s", async (_rule, ending, code) => {
    expect((await codesOf({ scenarios: one(), answers: answering(ending) }))[0]).toBe(code);
  });

  it("is told its modules by a variable", async () => {
    const { run, tried } = setUp({ scenarios: one(), answers: answering({}) });
    await run();
    expect(tried()[0]?.environment.MODULES).toBe("buoy buoy/storage");
  });

  it.each([
    ["an import", one()],
    ["a backend", [{ id: "one", run: "a", expect: { exit: 0 }, backends: ["redis"] }]],
  ])("%s is refused where the channel serves no package that has any", async (_what, scenarios) => {
    const setup = { scenarios, channels: [{ id: "git", kind: "git-tag" }] };
    expect(await codesOf(setup)).toContain("smoke.no-channel");
  });

  it("F39: fails where the package does not declare the backend", async () => {
    const scenarios = one({ backends: ["redis", "sail"] });
    const installed = anInstalledPackage({ backends: ["sail"] });
    const packages = fakePackageInstall({ installed });
    const answers = answering({});
    expect(await codesOf({ scenarios, packages, answers })).toContain("smoke.import-failed");
    expect(packages.downloads[0]?.backends).toEqual(["redis", "sail"]);
    const declared = fakePackageInstall({ installed: anInstalledPackage({ backends: ["sail", "redis"] }) });
    expect(await codesOf({ scenarios, packages: declared, answers })).toEqual([]);
  });
});
