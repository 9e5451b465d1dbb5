import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import * as z from "zod";
import { decidingCode } from "#src/domain/verdict";
import { aContext, anArrival, aRecord, aRelease } from "#src/testing/builders";
import { fakeClock } from "#src/testing/fake-clock";
import { autoTag } from "./auto-tag.ts";
import { somePorts } from "./testing/auto-tag-stage.ts";

/** A small GitHub over a real bare repository. `answers` replaces the answer to a request, once, or always with `every`. */
interface Answer {
  request: RegExp;
  code: number;
  message?: string;
  every?: boolean;
  /** Whether the server does what was asked before it gives the other answer. */
  after?: boolean;
}

let folder: string;
let bare: string;
let sha: string;
let server: Server;
let requests: string[];
let answers: Answer[];

const git = (...args: string[]) => {
  const identity = ["-c", "user.name=a", "-c", "user.email=a@b.example"];
  return execFileSync("git", [...identity, "-C", bare, ...args])
    .toString()
    .trim();
};

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const asked = `${request.method} ${request.url}`;
    requests.push(asked);
    const body: unknown = JSON.parse((await text(request)) || "{}");
    const other = answers.find((one) => one.request.test(asked));
    if (other && !other.every) answers.splice(answers.indexOf(other), 1);
    const done = other && !other.after ? undefined : serve(asked, body);
    const { code, json } = other ? { code: other.code, json: { message: other.message ?? "no" } } : (done ?? missing);
    response.writeHead(code, { "content-type": "application/json", "retry-after": "0" }).end(JSON.stringify(json));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const place = server.address();
  // The client reads its address when it is loaded.
  vi.stubEnv("GITHUB_API_URL", `http://127.0.0.1:${place !== null && typeof place === "object" ? place.port : 0}`);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await new Promise((resolve) => server.close(resolve));
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "auto-tag-"));
  bare = join(folder, "server/octo/tide.git");
  mkdirSync(bare, { recursive: true });
  mkdirSync(join(folder, "temp"));
  git("init", "--quiet", "--bare", "--initial-branch=main");
  sha = newCommit("one");
  git("update-ref", "refs/heads/main", sha);
  requests = [];
  answers = [];
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("auto-tag against a real repository", () => {
  it("TAG-04 TAG-08 TAG-18: writes an annotated tag that git itself reads, in three requests", async () => {
    const report = await sit();
    expect(decidingCode(report.checks)).toBeUndefined();
    expect(git("cat-file", "-t", "refs/tags/v1.1.0")).toBe("tag");
    expect(git("rev-parse", "refs/tags/v1.1.0^{commit}")).toBe(sha);
    expect(git("for-each-ref", "--format=%(contents:subject) %(taggername) %(taggeremail)", "refs/tags")).toBe(
      "Release v1.1.0 github-actions[bot] <41898282+github-actions[bot]@users.noreply.github.com>",
    );
    expect(report.outputs).toMatchObject({ state: "created", "tag-object": git("rev-parse", "refs/tags/v1.1.0") });
    expect(requests).toHaveLength(3);
  });

  it("TAG-07 TAG-18: finds a tag on the same commit without any request", async () => {
    git("tag", "-a", "v1.1.0", "-m", "Release v1.1.0", sha);
    expect((await sit()).outputs).toMatchObject({ state: "already", "tag-object": git("rev-parse", "v1.1.0") });
    expect(requests).toEqual([]);
  });

  it("TAG-07 TAG-16 F07: refuses a tag on another commit, with both ids, and asks only whether it is released", async () => {
    const other = newCommit("two");
    git("tag", "v1.1.0", other);
    const report = await sit();
    expect(decidingCode(report.checks)).toBe("tag.exists-other-commit");
    expect(report.checks.find(({ id }) => id === "tag")?.because).toMatch(new RegExp(`${sha}.*${other}`));
    expect(git("rev-parse", "refs/tags/v1.1.0")).toBe(other);
    expect(requests).toEqual(["GET /repos/octo/tide/releases/tags/v1.1.0"]);
  });

  it.each<[string, Answer, string | undefined]>([
    ["a server error on the ref", { request: /git\/refs$/, code: 502, every: true }, "tag.create-failed"],
    ["a lost answer to a ref that was written", { request: /git\/refs$/, code: 502, after: true }, undefined],
    [
      "a secondary limit",
      { request: /git\//, code: 403, message: "You have exceeded a secondary rate limit", every: true },
      "all.rate-limited",
    ],
    ["a read-back that fails for good", { request: /^GET/, code: 500, every: true }, "tag.remote-unknown"],
  ])("TAG-18: takes at most four requests with %s", async (_what, answer, code) => {
    answers = [answer];
    const report = await sit();
    expect(decidingCode(report.checks)).toBe(code);
    expect(requests.length).toBeGreaterThan(0);
    expect(requests.length).toBeLessThanOrEqual(4);
  });

  it("TAG-08 TAG-18: looks again when someone else was faster", async () => {
    answers = [{ request: /git\/refs$/, code: 422, message: "Reference already exists" }];
    const report = await sit({ meanwhile: () => git("tag", "v1.1.0", sha) });
    expect(report.outputs).toMatchObject({ state: "already" });
    expect(requests).toHaveLength(2);
  });

  it("TAG-06: asks three times before a remote that is not there is unknown", async () => {
    rmSync(bare, { recursive: true });
    const clock = fakeClock();
    await expect(sit({ clock })).rejects.toMatchObject({ code: "tag.remote-unknown" });
    expect(clock.sleeps).toEqual([2_000, 4_000]);
    expect(requests).toEqual([]);
  });
});

const missing = { code: 404, json: { message: "Not Found" } };
const newTag = z.object({
  tag: z.string(),
  object: z.string(),
  message: z.string(),
  tagger: z.object({ name: z.string(), email: z.string() }),
});
const newRef = z.object({ ref: z.string(), sha: z.string() });
let meanwhile: (() => void) | undefined;

async function sit({
  clock = fakeClock(),
  ...scene
}: {
  clock?: ReturnType<typeof fakeClock>;
  meanwhile?: () => void;
} = {}) {
  meanwhile = scene.meanwhile;
  const { githubTags } = await import("#src/adapters/github-tags");
  const { githubWorkflowRuns } = await import("#src/adapters/github-workflow-runs");
  const place = { repository: "octo/tide", serverUrl: `file://${folder}/server`, temp: join(folder, "temp") };
  const release = aRelease({ sha });
  const context = aContext({}, [anArrival(aRecord({ stage: "release-gates", release }))], release);
  const given = {
    "release-mode": "live",
    records: "",
    "github-token": "sesame",
    "tag-token": "",
    "signing-key": "",
  } as const;
  const tags = githubTags("sesame", place, clock);
  return autoTag(
    given,
    context,
    somePorts(undefined, { tags, runs: githubWorkflowRuns("sesame", "octo/tide"), clock }),
  );
}

function newCommit(message: string): string {
  const tree = git("hash-object", "-t", "tree", "-w", "/dev/null");
  return git("commit-tree", tree, "-m", message);
}

/** Does what GitHub does for the three routes that the stage uses. */
function serve(asked: string, body: unknown) {
  if (asked === "POST /repos/octo/tide/git/tags") {
    meanwhile?.();
    const { tag, object, message, tagger } = newTag.parse(body);
    const content = `object ${object}\ntype commit\ntag ${tag}\ntagger ${tagger.name} <${tagger.email}> 0 +0000\n\n${message}`;
    const made = execFileSync("git", ["-C", bare, "hash-object", "-t", "tag", "-w", "--stdin"], { input: content });
    return { code: 201, json: { sha: made.toString().trim() } };
  }
  if (asked === "POST /repos/octo/tide/git/refs") {
    const { ref, sha: value } = newRef.parse(body);
    git("update-ref", ref, value, "0".repeat(40));
    return { code: 201, json: { ref } };
  }
  const id = /^GET \/repos\/octo\/tide\/git\/tags\/([0-9a-f]{40})$/.exec(asked)?.[1];
  if (!id) return missing;
  const raw = git("cat-file", "tag", id);
  const field = (name: string) => new RegExp(`^${name} (.*)$`, "m").exec(raw)?.[1] ?? "";
  const [, name = "", email = ""] = /^(.*) <(.*)> /.exec(field("tagger")) ?? [];
  const date = "1970-01-01T00:00:00Z";
  const object = { sha: field("object"), type: field("type") };
  return {
    code: 200,
    json: { tag: field("tag"), message: raw.split("\n\n")[1], tagger: { name, email, date }, object },
  };
}
