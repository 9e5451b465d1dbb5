import { afterEach, describe, expect, it, vi } from "vitest";
import * as z from "zod";
import { conclude, decidingCode } from "#src/domain/verdict";
import { type BlockedRelease, blockedRelease } from "#src/testing/blocked-release";
import { aCheck } from "#src/testing/builders";
import { ALL, aGitHub, type Fixture } from "../../rehearsal/github/testing.ts";

let fixture: Fixture;
/** The client reads its address when it is loaded, so all grounds of a file stand on the port of the first. */
let port: number | undefined;

afterEach(() => fixture.close());

async function ground(): Promise<void> {
  fixture = await aGitHub(port === undefined ? {} : { port });
  port = Number(new URL(fixture.github.apiUrl).port);
  vi.stubEnv("GITHUB_API_URL", fixture.github.apiUrl);
}

async function file(options: BlockedRelease = {}, token = fixture.write) {
  const { fileBlockers } = await import("../../actions/release-gates/src/blockers/file-blockers.ts");
  const { githubClient } = await import("#src/adapters/github-client");
  const { githubIssues } = await import("#src/adapters/github-issues");
  const tracker = githubIssues(token, "acme/rocket", () => githubClient(token, false));
  const room = blockedRelease(undefined, options);
  return fileBlockers({ ...room, ports: { ...room.ports, tracker } });
}

const shown = z.array(z.object({ title: z.string(), state: z.string(), comments: z.number() }));

async function issues(): Promise<string[]> {
  const { body } = await fixture.ask("GET", "/repos/acme/rocket/issues?state=all&direction=asc");
  return shown.parse(body).map(({ title, state, comments }) => `${title}: ${state}, ${comments} said`);
}

async function parts(): Promise<number> {
  const { body } = await fixture.ask("GET", "/repos/acme/rocket/issues/1/sub_issues");
  return z.array(z.unknown()).parse(body).length;
}

const passed: BlockedRelease = { attempt: 2, collected: [aCheck({ id: "unit" })] };
const epic = "Release blockers: v1.1.0";
const task = "[release-blocker][v1.1.0] The tests pass";

describe("a filing whose answers are lost, or that the server refuses in its trouble", () => {
  const trouble = (operation: string) => [
    ["lost", operation, () => fixture.github.faults.cutAfter(operation, 1)] as const,
    ["refused", operation, () => fixture.github.faults.fail(operation, 502, 1)] as const,
  ];

  it.each(["issues/create", "issues/add-sub-issue"].flatMap(trouble))(
    "GAT-42: %s at %s, run again: one epic with one blocker",
    async (_how, _operation, arm) => {
      await ground();
      arm();
      const first = await file();
      expect(decidingCode(first.checks)).toBe("gates.blocker-unfiled");
      fixture.github.faults.clear();
      expect(conclude((await file()).checks).result).toBe("pass");
      expect(await issues()).toEqual([`${epic}: open, 0 said`, `${task}: open, 0 said`]);
      expect(await parts()).toBe(1);
    },
  );

  it.each(["issues/create-comment", "issues/update"].flatMap(trouble))(
    "GAT-42: %s at %s, run again: each is closed once, with one comment",
    async (_how, _operation, arm) => {
      await ground();
      await file();
      arm();
      expect(decidingCode((await file(passed)).checks)).toBe("gates.blocker-unfiled");
      fixture.github.faults.clear();
      expect(conclude((await file(passed)).checks).result).toBe("pass");
      expect(await issues()).toEqual([`${epic}: closed, 1 said`, `${task}: closed, 1 said`]);
    },
  );
});

describe("a filing with a token that may not write", () => {
  it("GAT-45: ends at its first write with the code that says so, and leaves nothing", async () => {
    await ground();
    const token = fixture.github.issueToken({ permissions: { ...ALL, issues: "read" } });
    const report = await file({}, token);
    expect(decidingCode(report.checks)).toBe("gates.issues-permission");
    expect(report.effects?.map(({ state }) => state)).toEqual(["refused", "refused", "refused"]);
    expect(await issues()).toEqual([]);
  });
});

describe("a filing of many blockers", () => {
  it("takes few requests: a look, a write and a reading back each", async () => {
    await ground();
    await file();
    const asked = fixture.journalled().filter(({ route }) => route?.startsWith("issues/"));
    expect(asked.map(({ route }) => route)).toEqual([
      "issues/list-for-repo",
      ...["issues/list-for-repo", "issues/create", "issues/get"],
      ...["issues/list-for-repo", "issues/create", "issues/get"],
      ...["issues/list-sub-issues", "issues/add-sub-issue", "issues/list-sub-issues"],
    ]);
  });
});
