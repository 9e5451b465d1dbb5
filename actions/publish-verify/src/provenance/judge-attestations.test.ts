import { describe, expect, it } from "vitest";
import { provenanceSection } from "#src/contract/config/provenance";
import type { BundleFinding, SignedStatement } from "#src/ports/attestations";
import { aBuiltFile } from "#src/testing/build-builders";
import { aRelease } from "#src/testing/builders";
import { FakeAttestations } from "#src/testing/fake-attestations";
import { FakeBuiltFiles } from "#src/testing/fake-built-files";
import type { ProvenanceFacts } from "./facts.ts";
import { gatherAttestations } from "./gather-attestations.ts";
import { judgeAttestations } from "./judge-attestations.ts";

const file = aBuiltFile();
const manifest = {
  schema: "seaworthy-build-manifest/1" as const,
  ...{ tag: "v1.1.0", version: "1.1.0", commit: "a".repeat(40), run: "7", workflow: "" },
  toolchain: [],
  files: [file],
};
const statement: SignedStatement = {
  signer: "https://github.example/octo/tide/.github/workflows/release.yml@refs/heads/main",
  issuer: "https://token.actions.githubusercontent.com",
  subjects: [{ name: file.name, sha256: file.sha256 }],
  predicate: "https://slsa.dev/provenance/v1",
  authority: "sigstore.dev",
};

interface Scene {
  asked?: object | "nothing";
  mode?: "live" | "rehearsal";
  signed?: Partial<SignedStatement> | "broken" | "none";
  root?: string;
  handed?: string;
}

async function judged({ asked = {}, mode = "live", signed = {}, root = "{}", handed }: Scene = {}) {
  const wanted = asked === "nothing" ? {} : { attestations: asked };
  const policy = provenanceSection.parse({ workflow: "release.yml", ...wanted });
  const findings: Record<string, BundleFinding> =
    typeof signed === "object" ? { bundle: { holds: true, statement: { ...statement, ...signed } } } : {};
  const source = new FakeAttestations(signed === "none" ? {} : { [file.sha256]: ["bundle"] }, findings);
  const held = (path: string, text: string) => ({
    path,
    regular: true,
    mode: "644",
    bytes: new TextEncoder().encode(text),
  });
  const disk = { "root.jsonl": [held("root.jsonl", root)], "bundle.json": [held("bundle.json", handed ?? "")] };
  const ports = {
    attestations: source,
    files: new FakeBuiltFiles(disk, { head: "", tagged: undefined }),
    serverUrl: "https://github.example",
    given: { attestations: handed === undefined ? "" : "bundle.json", "trusted-root": root === "" ? "" : "root.jsonl" },
  };
  const attestations = await gatherAttestations(policy, [file], ports);
  const facts: ProvenanceFacts = {
    ...{
      release: { ...aRelease({ mode }), tag: "v1.1.0", version: "1.1.0" },
      tagPattern: "v{version}",
      policy,
      channels: [],
      targets: undefined,
      pins: [],
      ownRun: "7",
    },
    ...{ builds: [{ name: "build-manifest", manifest, carried: new Map() }], unreadable: [], run: undefined, jobs: [] },
    tag: { seen: "absent" },
    attestations,
  };
  return { checks: judgeAttestations(facts), asked: source.asked };
}

describe("the attestations of a build", () => {
  it("PUB-14: pass when the right workflow signed each file, and say under which authority", async () => {
    const { checks, asked } = await judged();
    expect(checks).toMatchObject([
      { result: "pass", because: "1 file of 1 with a statement that holds, under sigstore.dev" },
    ]);
    expect(asked).toEqual([file.sha256]);
  });

  it.each<[what: string, scene: Scene, code: string, result: string]>([
    ["there is none, and one is required", { signed: "none" }, "publish.attestation-missing", "fail"],
    ["the statement is about another file", { signed: { subjects: [] } }, "publish.attestation-missing", "fail"],
    ["the statement is of another kind", { signed: { predicate: "x" } }, "publish.attestation-missing", "fail"],
    ["there is no root to verify one against", { root: "" }, "publish.attestation-missing", "inconclusive"],
    ["a bundle does not hold", { signed: "broken" }, "publish.attestation-invalid", "fail"],
    [
      "a bundle does not hold, though none is required",
      { signed: "broken", asked: { required: false } },
      "publish.attestation-invalid",
      "fail",
    ],
    [
      "another workflow signed",
      { signed: { signer: statement.signer.replace("release", "ci") } },
      "publish.attestation-invalid",
      "fail",
    ],
    [
      "a workflow signed whose name only begins alike",
      { signed: { signer: statement.signer.replace(".yml", ".yml.evil") } },
      "publish.attestation-invalid",
      "fail",
    ],
    [
      "somebody else vouches for the signer",
      { signed: { issuer: "https://evil.example" } },
      "publish.attestation-invalid",
      "fail",
    ],
    [
      "only a rehearsal's root vouches for a live release",
      { signed: { authority: "seaworthy-rehearsal" } },
      "publish.attestation-invalid",
      "fail",
    ],
  ])("PUB-14: block when %s", async (_what, scene, code, result) => {
    expect((await judged(scene)).checks).toMatchObject([{ code, result }]);
  });

  it("PUB-14: are labelled in a rehearsal as what they are", async () => {
    const { checks } = await judged({ mode: "rehearsal", signed: { authority: "seaworthy-rehearsal" } });
    expect(checks).toMatchObject([
      { result: "pass", because: expect.stringContaining("the trust root of a rehearsal") },
    ]);
  });

  it("may be signed by a called workflow, where that is named", async () => {
    const signer = "octo/build/.github/workflows/slsa.yml";
    const signed = { signer: `https://github.example/${signer}@refs/tags/v1` };
    expect((await judged({ asked: { signer }, signed })).checks).toMatchObject([{ result: "pass" }]);
  });

  it("are not asked of the server when they are handed in, or when nobody wants any", async () => {
    const handed = await judged({ asked: { from: "files" }, handed: '"bundle"' });
    expect([handed.checks[0]?.result, handed.asked]).toEqual(["pass", []]);
    expect(await judged({ asked: "nothing" })).toEqual({ checks: [], asked: [] });
  });

  it("PUB-14: are verified when they are handed in, though nobody wants any", async () => {
    const { checks } = await judged({ asked: "nothing", signed: "broken", handed: '"bundle"\n"bundle"' });
    expect(checks).toMatchObject([{ code: "publish.attestation-invalid" }]);
  });

  it.each([
    ["no JSON", "{"],
    ["nothing", ""],
  ])("are refused as an input that holds %s", async (_what, handed) => {
    await expect(judged({ handed })).rejects.toMatchObject({ code: "all.input-invalid" });
  });
});
