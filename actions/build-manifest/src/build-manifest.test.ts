import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { buildManifestSchema } from "#src/domain/build-manifest";
import { toolchainAttachment } from "#src/domain/toolchain";
import { conclude, decidingCode } from "#src/domain/verdict";
import type { FoundFile } from "#src/ports/built-files";
import { aContext, anArrival, aRecord, aRelease, aSha } from "#src/testing/builders";
import { FakeBuiltFiles } from "#src/testing/fake-built-files";
import { FakeLedgerStore } from "#src/testing/fake-ledger-store";
import { anExecution, fakeShell } from "#src/testing/fake-shell";
import { tarballOf } from "#src/testing/tarball";
import { buildManifest } from "./build-manifest.ts";

const bytes = tarballOf({ name: "tide", version: "1.1.0" });
const aFile = (overrides: Partial<FoundFile> = {}): FoundFile => ({
  path: "out/tide-1.1.0.tgz",
  regular: true,
  mode: "644",
  bytes,
  ...overrides,
});
const run = { id: "7", attempt: 2, workflow: "octo/tide/.github/workflows/release.yml@refs/heads/main" };
const config = { channels: [{ id: "npm", kind: "npm", package: "tide" }] };
const here = { directory: "/checkout", environment: { PATH: "/tools" } };
const given = {
  "release-mode": "live",
  records: "",
  mode: "record",
  kind: "npm",
  files: "out/*.tgz",
  platform: "",
  programs: "",
  image: "",
  leg: "",
} as const;

const tagged = (mode: "live" | "rehearsal" = "live") => {
  const release = aRelease({ mode });
  const subjects = [{ name: "refs/tags/v1.1.0", digest: { gitCommit: aSha() } }];
  return aContext(config, [anArrival(aRecord({ stage: "auto-tag", release, subjects }))], release);
};
const checkout = (matches: Record<string, FoundFile[]> = { "out/*.tgz": [aFile()] }, head = aSha()) => ({
  files: new FakeBuiltFiles(matches, { head, tagged: undefined }),
  store: new FakeLedgerStore(),
  run,
  job: { shell: fakeShell({ "rustc --version": anExecution({ output: "rustc 1.88.0 (6b00bc388)\n" }) }), ...here },
});

describe("build-manifest", () => {
  it("BLD-08 BLD-09: records every file with its digests, and what it was built from", async () => {
    const report = await buildManifest(given, tagged(), checkout());
    expect(conclude(report.checks).result).toBe("pass");
    const [manifest, tarball] = report.attachments ?? [];
    const hex = (algorithm: string) => createHash(algorithm).update(bytes).digest("hex");
    expect(buildManifestSchema.parse(JSON.parse(String(manifest?.content)))).toEqual({
      schema: "seaworthy-build-manifest/1",
      tag: "v1.1.0",
      version: "1.1.0",
      commit: aSha(),
      run: "7",
      workflow: run.workflow,
      toolchain: [],
      files: [
        {
          name: "tide-1.1.0.tgz",
          kind: "npm",
          package: "tide",
          platform: null,
          size: bytes.byteLength,
          sha256: hex("sha256"),
          sha512: hex("sha512"),
          mode: "644",
          registry: null,
        },
      ],
    });
    expect(tarball).toEqual({ name: "files/tide-1.1.0.tgz", content: bytes });
    expect(report.subjects).toEqual([
      { name: "tide-1.1.0.tgz", digest: { sha256: hex("sha256"), sha512: hex("sha512") } },
    ]);
    expect(report.outputs).toEqual({ artifact: "seaworthy-build-manifest-2", files: "tide-1.1.0.tgz" });
  });

  it("records files of the tree by path, without carrying them along", async () => {
    const file = aFile({ path: "dist/index.js", bytes: new TextEncoder().encode("1;\n") });
    const report = await buildManifest(
      { ...given, kind: "git-tree", files: "dist/**" },
      tagged(),
      checkout({ "dist/**": [file] }),
    );
    expect(report.attachments?.map(({ name }) => name)).toEqual(["manifest.json"]);
    expect(report.subjects?.map(({ name }) => name)).toEqual(["dist/index.js"]);
  });

  it("takes a file that two patterns match once", async () => {
    const files = { "out/*.tgz": [aFile()], "out/**": [aFile()] };
    const report = await buildManifest({ ...given, files: "out/*.tgz\nout/**" }, tagged(), checkout(files));
    expect(conclude(report.checks).result).toBe("pass");
    expect(report.subjects).toHaveLength(1);
  });

  it("BLD-08 F32: refuses two tarballs of one name and different bytes, and attaches neither", async () => {
    const other = aFile({
      path: "arm/tide-1.1.0.tgz",
      bytes: tarballOf({ name: "tide", version: "1.1.0", os: ["linux"] }),
    });
    const report = await buildManifest(given, tagged(), checkout({ "out/*.tgz": [aFile(), other] }));
    expect(decidingCode(report.checks)).toBe("build.artifact-duplicate");
    expect(report.attachments).toBeUndefined();
  });

  it("BLD-02 F12: refuses a checkout of another commit", async () => {
    const report = await buildManifest(given, tagged(), checkout({ "out/*.tgz": [aFile()] }, aSha("b")));
    expect(decidingCode(report.checks)).toBe("build.sha-mismatch");
  });

  it("BLD-07 BLD-08: records each archive with the platform that its name carries", async () => {
    const files = ["linux_amd64", "darwin_arm64"].map((one) => aFile({ path: `out/tide_1.1.0_${one}.tar.gz` }));
    const report = await buildManifest(
      { ...given, kind: "archive", files: "out/*.tar.gz", platform: "tide_{version}_{platform}.tar.gz" },
      tagged(),
      checkout({ "out/*.tar.gz": files }),
    );
    const manifest = buildManifestSchema.parse(JSON.parse(String(report.attachments?.[0]?.content)));
    expect(manifest.files.map(({ name, kind, platform }) => [name, kind, platform])).toEqual([
      ["tide_1.1.0_darwin_arm64.tar.gz", "archive", "darwin_arm64"],
      ["tide_1.1.0_linux_amd64.tar.gz", "archive", "linux_amd64"],
    ]);
    expect(report.attachments?.map(({ name }) => name)).toContain("files/tide_1.1.0_linux_amd64.tar.gz");
  });

  it("BLD-07: refuses a name that no pattern tells the platform of", async () => {
    const report = await buildManifest({ ...given, platform: "other_{platform}.tgz" }, tagged(), checkout());
    expect(decidingCode(report.checks)).toBe("build.artifact-unexpected");
  });

  it("BLD-08: carries any other file as it is", async () => {
    const file = aFile({ path: "out/install.sh", bytes: new TextEncoder().encode("#!/bin/sh\n"), mode: "755" });
    const report = await buildManifest(
      { ...given, kind: "file", files: "out/install.sh" },
      tagged(),
      checkout({ "out/install.sh": [file] }),
    );
    expect(report.attachments?.[1]).toEqual({ name: "files/install.sh", content: file.bytes });
  });

  it.each([
    ["kind", { kind: "" }],
    ["files", { files: "" }],
  ] as const)("stops without the input %s", async (_name, missing) => {
    const building = buildManifest({ ...given, ...missing }, tagged(), checkout());
    await expect(building).rejects.toMatchObject({ code: "all.input-invalid" });
  });

  it("gives every complaint at once", async () => {
    const report = await buildManifest(given, aContext(config), checkout({}, aSha("b")));
    expect(report.checks.map(({ code }) => code)).toEqual(["all.evidence-missing", "publish.files-empty", undefined]);
  });

  it.each([
    ["pass", "1.88.0", undefined],
    ["fail", "1.87.0", "build.toolchain-mismatch"],
  ])("BLD-06 F37 F38: ends in %s with a compiler that is pinned to %s", async (result, version, code) => {
    const context = tagged();
    const pins = [{ id: "rust", run: "rustc --version", version, kinds: null }];
    const frozen = JSON.stringify({ schema: "seaworthy-toolchain/1", pins });
    context.ledger.admitted[0]?.attachments.set(toolchainAttachment, new TextEncoder().encode(frozen));
    const report = await buildManifest(given, context, checkout());
    expect([conclude(report.checks).result, decidingCode(report.checks)]).toEqual([result, code]);
    const manifest = report.attachments && JSON.parse(String(report.attachments[0]?.content));
    expect(manifest?.toolchain).toEqual(code ? undefined : [{ id: "rust", version, said: "rustc 1.88.0 (6b00bc388)" }]);
  });

  it("ALL-05: asks and records the same in a rehearsal", async () => {
    const rehearsed = await buildManifest({ ...given, "release-mode": "rehearsal" }, tagged("rehearsal"), checkout());
    expect(rehearsed).toEqual(await buildManifest(given, tagged(), checkout()));
  });
});
