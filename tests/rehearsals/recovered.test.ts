import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import * as z from "zod";
import { faultNamed } from "../../rehearsal/faults/catalogue.ts";
import { endsAsExpected } from "./endings.ts";

const github = z.object({
  issues: z.array(z.object({ title: z.string(), body: z.string(), state: z.string() })),
  comments: z.array(z.object({ body: z.string() })),
});
const request = z.looseObject({ route: z.string().nullable(), status: z.number(), path: z.string() });

it("PUB-34 BLD-13 F41 F45: a release that is live on one of three channels is one blocker, and a publish-only run completes it to Released and closes the blocker by evidence", async () => {
  const { folder, output } = await endsAsExpected(faultNamed("published-in-part"));
  expect(output).toContain("Before publish.yml repaired it: Aborted (publish.partial)");

  const filed = github.parse(JSON.parse(readFileSync(join(folder, "world/github.json"), "utf8")));
  const [, blocker, ...more] = filed.issues;
  expect([blocker?.title, more]).toEqual(["[release-blocker][v1.1.0] All channels serve 1.1.0", []]);
  for (const part of ["live: module; not live: release ", "tap \\(publish.not-live", "Failed jobs: `Publish`"])
    expect(blocker?.body).toContain(part);
  expect(blocker?.body).not.toContain("none could be read");
  expect(filed.issues.map(({ state }) => state)).toEqual(["closed", "closed"]);
  expect(filed.comments[0]?.body).toMatch(/It has passed in run .*Evidence: `seaworthy-publish-verify-1@sha256:/s);

  const written = requestsIn(folder).filter(({ status }) => status === 201);
  const uploaded = written.filter(({ route }) => route === "repos/upload-release-asset");
  expect(new Set(uploaded.map(({ path }) => path)).size).toBe(5);
  expect(uploaded).toHaveLength(5);
  expect(written.filter(({ route }) => route === "git/create-ref")).toHaveLength(1);
});

function requestsIn(folder: string) {
  const lines = readFileSync(join(folder, "requests.jsonl"), "utf8").split("\n").filter(Boolean);
  return lines.map((line) => request.parse(JSON.parse(line)));
}
