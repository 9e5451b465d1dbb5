import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { configSchema } from "#src/contract/config/schema";
import { digestOf, digestOfBytes } from "#src/domain/digest";
import { aBuiltFile } from "#src/testing/build-builders";
import { aRelease } from "#src/testing/builders";
import { aFolder } from "./drive.ts";
import { unearnedIn } from "./earned.ts";

const at = (second: number) => `2026-01-01T12:00:0${second}.500Z`;
const began = { method: "GET", path: "/info/refs", time: at(0), status: 200 };
const upload = (method: string, path: string, code: number, second = 4) => ({ method, path, code, at: at(second) });

interface Scene {
  verdict?: "Aborted" | "Released";
  /** Second at which each stage has passed. */
  passed?: Record<string, number>;
  requests?: object[];
  registries?: object[];
  /** Files of the world, with their contents. */
  stored?: Record<string, string>;
  kind?: "wheel" | "git-tree" | "go-module" | "file";
}

const earned = { "plan-release": 1, "release-gates": 1, "auto-tag": 2, "build-manifest": 3 };

function judge(scene: Scene, ownRelease = false): string {
  const { verdict = "Aborted", passed = earned, requests = [], registries = [], kind = "wheel" } = scene;
  const folder = aFolder();
  const write = (name: string, content: string) => {
    mkdirSync(join(folder, name, ".."), { recursive: true });
    writeFileSync(join(folder, name), content);
  };
  const journal = (lines: object[]) => lines.map((line) => `${JSON.stringify(line)}\n`).join("");
  const release = { ...aRelease(), tag: "v1.1.0", version: "1.1.0" };
  const config = configSchema.parse({});
  const files = [aBuiltFile({ kind, sha256: digestOfBytes("built").slice("sha256:".length) })];
  const document = { schema: "seaworthy-verified/1", release, policy: digestOf(config), config, targets: null, files };
  write("verdict.json", JSON.stringify({ verdict, outcome: "", reason: { code: "", text: "" }, "plan-digest": "" }));
  write("verified.json", JSON.stringify(document));
  write("requests.jsonl", journal([began, ...requests]));
  write("registry-requests.jsonl", journal(registries));
  write("world/github.json", JSON.stringify({ assets: [] }));
  for (const [name, content] of Object.entries(scene.stored ?? {})) write(join("world", name), content);
  for (const [stage, second] of Object.entries(passed)) {
    const record = { finished: at(second).replace(".500", ""), release, verdict: { result: "pass" } };
    write(`evidence/${stage}.json`, JSON.stringify(record));
  }
  return unearnedIn(folder, ownRelease).join("\n");
}

const without = (stage: string) => Object.fromEntries(Object.entries(earned).filter(([name]) => name !== stage));

describe("what a rehearsal takes for earned", () => {
  const uploads: [what: string, line: object][] = [
    ["an npm package", upload("PUT", "/@example%2ftide", 201)],
    ["a crate", upload("PUT", "/api/v1/crates/new", 200)],
    ["a Python file", upload("POST", "/legacy/", 200)],
    ["an image", upload("PUT", "/v2/harbour/tide/manifests/1.1.0", 201)],
    ["a module", upload("GET", "/example.com/tide/@v/v1.1.0.zip", 200)],
  ];

  it.each(uploads)("is %s after gates, tag and build, and not where one of them is missing or late", (what, line) => {
    const registries = [line];
    expect(judge({ registries })).toBe("");
    for (const stage of ["release-gates", "auto-tag", "build-manifest"]) {
      const told = new RegExp(`${what} at .* without ${stage}`);
      expect(judge({ registries, passed: without(stage) })).toMatch(told);
      expect(judge({ registries, passed: { ...earned, [stage]: 5 } })).toMatch(told);
    }
  });

  it("is a build by its legs, where all of them have passed in time", () => {
    const registries = [upload("POST", "/legacy/", 200)];
    const legs = { "build-manifest-wheel": 3, "build-manifest-sdist": 3 };
    expect(judge({ registries, passed: { ...without("build-manifest"), ...legs } })).toBe("");
    const late = { ...without("build-manifest"), ...legs, "build-manifest-sdist": 5 };
    expect(judge({ registries, passed: late })).toMatch("without build-manifest");
  });

  it("is what earlier releases have left, what is only read, and what a registry refuses", () => {
    const before = { ...upload("POST", "/legacy/", 200), at: "2026-01-01T11:59:59.000Z" };
    const refused = upload("PUT", "/@example%2ftide", 403);
    const older = upload("GET", "/example.com/tide/@v/v1.0.0.zip", 200);
    expect(judge({ registries: [before, refused, older], passed: {} })).toBe("");
  });

  it("is a tag after the gates, and none that moves", () => {
    const tag = { method: "POST", path: "/git/refs", route: "git/create-ref", status: 201, time: at(2) };
    expect(judge({ requests: [tag] })).toBe("");
    expect(judge({ requests: [tag], passed: without("release-gates") })).toMatch("a tag at");
    const moved = { ...tag, path: "/git/refs/tags/v1.1.0", route: "git/update-ref" };
    expect(judge({ requests: [moved] })).toMatch("git/update-ref");
  });

  it("is a GitHub release of what is released, or of a job of the workflow's own after the build", () => {
    const created = { method: "POST", path: "/releases", route: "repos/create-release", status: 201, time: at(4) };
    expect(judge({ requests: [created] })).toMatch("of what is not released");
    expect(judge({ requests: [created] }, true)).toBe("");
    expect(judge({ requests: [created], passed: without("build-manifest") }, true)).toMatch("without build");
  });

  it("is a Released whose files are where users get them, byte by byte", () => {
    expect(judge({ verdict: "Released", stored: { "python/bytes/1": "built" } })).toBe("");
    expect(judge({ verdict: "Released", stored: { "python/bytes/1": "other" } })).toMatch("which is not there");
    expect(judge({ verdict: "Released", stored: { "packages/1": "built" } })).toMatch("which is not there");
    expect(judge({ verdict: "Released", kind: "file" })).toMatch("which is not there");
    expect(judge({ verdict: "Released", kind: "go-module" })).toMatch("which is not there");
    expect(judge({ verdict: "Released", kind: "git-tree" })).toBe("");
  });
});
