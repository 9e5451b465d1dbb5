import { afterEach, describe, expect, it } from "vitest";
import { conclude, decidingCode } from "#src/domain/verdict";
import type { AutoTagPorts } from "../../actions/auto-tag/src/survey.ts";
import { aTagGround, type TagGround } from "./tag-ground.ts";

let ground: TagGround;

afterEach(() => ground.close());

const config = {
  next: { mode: "dispatch", workflow: "release.yml", inputs: { tag: "{tag}" } },
  "floating-major": "branch",
};

type Write = "tag" | "dispatch" | "branch";
type Moment = "before" | "after";

/** Ports of a machine that vanishes around one write: the write happens or not, and the stage never hears of it. */
function vanishing(write: Write, moment: Moment, vanished: () => void) {
  const lose = <Given, Result>(work: (given: Given) => Promise<Result>) => {
    return async (given: Given): Promise<Result> => {
      if (moment === "after") await work(given);
      vanished();
      return new Promise<Result>(() => undefined);
    };
  };
  return ({ tags, runs, pointer }: AutoTagPorts): Partial<AutoTagPorts> => {
    if (write === "tag") return { tags: { ...tags, create: lose(tags.create) } };
    if (write === "dispatch") return { runs: { ...runs, dispatch: lose(runs.dispatch) } };
    return { pointer: { ...pointer, advance: lose(pointer.advance) } };
  };
}

async function converges(): Promise<void> {
  const report = await ground.sit(config);
  expect(decidingCode(report.checks)).toBeUndefined();
  expect(conclude(report.checks).result).toBe("pass");
  const refs = await ground.git("ls-remote", ground.gitDir, "refs/tags/*", "refs/heads/v1");
  const named = refs.split("\n").map((row) => row.split("\t").reverse());
  expect(new Set(named.map(([ref]) => ref))).toEqual(
    new Set(["refs/heads/v1", "refs/tags/v1.1.0", "refs/tags/v1.1.0^{}"]),
  );
  expect(named).toContainEqual(["refs/tags/v1.1.0^{}", ground.head]);
  expect(named).toContainEqual(["refs/heads/v1", ground.head]);
  const { body } = await ground.ask("GET", "/repos/acme/rocket/actions/workflows/release.yml/runs");
  expect(body).toMatchObject({ total_count: 1, workflow_runs: [{ head_sha: ground.head, head_branch: "v1.1.0" }] });
  expect(report.outputs).toMatchObject({ tag: "v1.1.0" });
  expect(report.outputs?.["run-id"]).toBe(String(idOfRun(body)));
}

function idOfRun(body: Record<string, unknown>): unknown {
  const [run] = Array.isArray(body.workflow_runs) ? body.workflow_runs : [];
  return run?.id;
}

describe("a stage whose machine vanishes", () => {
  const moments = (["tag", "dispatch", "branch"] as const).flatMap((write) =>
    (["before", "after"] as const).map((moment) => [moment, write] as const),
  );

  it.each(moments)(
    "TAG-12 F02: %s the write of the %s, run again, ends with one tag and one run",
    async (moment, write) => {
      ground = await aTagGround();
      await ground.git("push", "-q", ground.gitDir, `${ground.first}:refs/heads/v1`);
      await new Promise<void>((resolve, reject) => {
        const altered = vanishing(write, moment, resolve);
        ground.sit(config, { altered }).then(() => reject(new Error("expected the machine to vanish")), reject);
      });
      await converges();
    },
  );
});

describe("a stage whose answers are lost or refused by a server in trouble", () => {
  const operations = ["git/create-tag", "git/create-ref", "actions/create-workflow-dispatch", "git/update-ref"];

  it.each(operations)(
    "TAG-12 F02: %s done, its answer lost: converges by looking, or in the rerun",
    async (operation) => {
      ground = await aTagGround();
      await ground.git("push", "-q", ground.gitDir, `${ground.first}:refs/heads/v1`);
      ground.github.faults.cutAfter(operation, 1);
      await ground.sit(config);
      await converges();
    },
  );

  it.each(operations)("TAG-12 F02: %s not done, 500: red, and the rerun converges", async (operation) => {
    ground = await aTagGround();
    await ground.git("push", "-q", ground.gitDir, `${ground.first}:refs/heads/v1`);
    ground.github.faults.fail(operation, 500, 1);
    expect(conclude((await ground.sit(config)).checks).result).not.toBe("pass");
    await converges();
  });
});
