import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parse } from "yaml";
import * as z from "zod";
import { systemShell } from "#src/adapters/system-shell";
import { decidingCode } from "#src/domain/verdict";
import { aSha } from "#src/testing/builders";
import { anExecution } from "#src/testing/fake-shell";
import { gateTrial } from "#src/testing/gate-trial";
import { releaseGates } from "./release-gates.ts";

const page = readFileSync(new URL("../../../docs/gates.md", import.meta.url), "utf8");
const shown = /## Rollback\n[\s\S]*?```yaml\n([\s\S]*?)```/.exec(page)?.[1] ?? "";
const [gate] = z.tuple([z.looseObject({ id: z.string() })]).parse(parse(shown));

const target = `ghcr.io/octo/tide@sha256:${"0".repeat(64)}`;
const script = `#!/bin/sh\ncase "$*" in --help) echo "  --rollback  goes back";; "--rollback --dry-run") ;; *) exit 2;; esac\n`;
let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "rollback-"));
  mkdirSync(join(root, "deploy"));
  mkdirSync(join(root, "bin"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function program(path: string, content: string): void {
  writeFileSync(join(root, path), content);
  chmodSync(join(root, path), 0o755);
}

/** Judges the documented gate by real bash, with a deployment script, and programs that end as they are told to. */
async function judge(world: { target?: string; script?: string; pull?: number; run?: number; health?: number }) {
  writeFileSync(join(root, "deploy/rollback-target"), `${world.target ?? target}\n`);
  program("deploy/deploy.sh", world.script ?? script);
  program("bin/docker", `#!/bin/sh\ncase $1 in pull) exit ${world.pull ?? 0};; run) exit ${world.run ?? 0};; esac\n`);
  program("bin/curl", `#!/bin/sh\nexit ${world.health ?? 0}\n`);
  const { given, context, ports } = gateTrial(gate);
  const real = systemShell();
  const environment = { PATH: `${join(root, "bin")}:${process.env.PATH ?? ""}` };
  const report = await releaseGates(given, context, {
    ...ports,
    checkout: { directory: root, environment, secrets: [] },
    shell: {
      which: async (name) => `/bin/${name}`,
      run: async (command) =>
        command.line.includes("rev-parse") ? anExecution({ output: `${aSha()}\n` }) : real.run(command),
    },
  });
  return { code: decidingCode(report.checks), failed: report.checks.filter(({ result }) => result === "fail") };
}

describe("GAT-53: the documented parts of a rollback", () => {
  it("pass where the target is recorded, pullable, supported by the script, and starts", async () => {
    expect(await judge({})).toEqual({ code: undefined, failed: [] });
  });

  it.each([
    ["the target is a tag", { target: "ghcr.io/octo/tide:1.0.0" }, "target", "gates.rollback-target-missing"],
    ["the target is empty", { target: "" }, "target", "gates.rollback-target-missing"],
    ["the image is gone", { pull: 1 }, "image", "gates.rollback-not-pullable"],
    ["the script's help does not know it", { script: "#!/bin/sh\n" }, "script", "gates.rollback-unsupported"],
    [
      "the script promises it, and the dry call fails",
      { script: script.replace('"--rollback --dry-run") ;;', "") },
      "script",
      "gates.rollback-unsupported",
    ],
    ["the container does not start", { run: 125 }, "boot", "gates.rollback-not-bootable"],
    ["the started image never answers", { health: 22 }, "boot", "gates.rollback-not-bootable"],
  ])("fail where %s", async (_what, world, part, code) => {
    const { code: deciding, failed } = await judge(world);
    expect(deciding).toBe(code);
    expect(failed.map(({ id }) => id)).toEqual(["rollback", `rollback:${part}`]);
  });
});
