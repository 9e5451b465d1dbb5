import { describe, expect, it } from "vitest";
import { Failure } from "#src/domain/failure";
import { conclude } from "#src/domain/verdict";
import type { ChannelLook, VersionSighting } from "#src/ports/package-channel";
import type { CredentialSighting } from "#src/ports/publishing-client";
import { aBuiltFile } from "#src/testing/build-builders";
import { tarballOf } from "#src/testing/tarball";
import { type PreflightScene, sitPreflight, runningWorkflow as workflow } from "../testing/preflight-scene.ts";

const file = aBuiltFile();
const sightings = (version: VersionSighting, known = true): ChannelLook => ({ version, pointers: new Map(), known });
const free = sightings({ seen: "absent" });
const bytes = (sha256 = file.sha256) => [{ name: null, digests: { sha256, sha512: file.sha512 }, size: 3 }];

interface Scene extends Omit<PreflightScene, "channel"> {
  publishing?: object | undefined;
  required?: boolean;
  token?: string;
  repository?: unknown;
}

const accepted: CredentialSighting = { seen: "accepted", as: "ada", rights: "write" };

async function sit({ publishing, required = true, token = "npm_secret", repository, ...scene }: Scene) {
  const manifest = { name: "tide", version: "1.1.0", repository };
  return sitPreflight({
    ...scene,
    channel: { kind: "npm", package: "tide", required, ...(publishing ? { publishing } : {}) },
    others: required ? [] : [{ id: "mirror", kind: "npm", package: "tide" }],
    variables: { NODE_AUTH_TOKEN: token },
    packed: repository === undefined ? {} : { [file.name]: tarballOf(manifest) },
  });
}

const byToken = { by: "token" };
const trusted = { by: "trusted-publisher", workflow: "release.yml" };

describe("publish-verify, preflight, with a token", () => {
  it("PUB-01: passes for a token that the registry knows, and names who it is and what can be undone", async () => {
    const { report, asked, row, checkOf } = await sit({ publishing: byToken });
    expect(conclude(report.checks).result).toBe("pass");
    expect(asked).toEqual([{ name: "tide", variable: "NODE_AUTH_TOKEN", registry: undefined }]);
    expect(checkOf("one:credential")?.because).toBe("NODE_AUTH_TOKEN is ada, who may publish");
    expect(row).toMatchObject({
      credential: "ready",
      client: "11.6.0",
      undo: { withdraw: "automatic", repoint: "automatic", unpublish: "impossible" },
    });
  });

  it.each<[what: string, scene: Scene, code: string]>([
    ["is not there", { token: "" }, "publish.credential-missing"],
    [
      "is not the one that the client is configured for",
      { credential: { seen: "absent" } },
      "publish.credential-missing",
    ],
    ["came with a line end", { token: "npm_secret\n" }, "publish.credential-malformed"],
    [
      "begins otherwise than all of this registry",
      { token: "pypi-secret", publishing: { ...byToken, "token-prefix": "npm_" } },
      "publish.credential-malformed",
    ],
    ["is refused", { credential: { seen: "rejected", because: "E401" } }, "publish.credential-rejected"],
    ["may only read", { credential: { ...accepted, rights: "none" } }, "publish.credential-rejected"],
    ["is not enough without a password", { credential: { seen: "otp", because: "EOTP" } }, "publish.otp-required"],
  ])("PUB-01 PUB-03 F16 F41 F50: stops every channel when the token %s", async (_what, scene, code) => {
    const { code: found, report, row } = await sit({ publishing: byToken, ...scene });
    expect([found, conclude(report.checks).result, row.credential]).toEqual([code, "fail", "bad"]);
  });

  it("never tells the token", async () => {
    const { report } = await sit({ token: "bad secret", publishing: { ...byToken, "token-prefix": "npm_" } });
    expect(JSON.stringify(report)).not.toContain("bad secret");
  });

  const silent: CredentialSighting = { seen: "unknown", because: "npm answered E403" };

  it("PUB-01 F42: goes on with a warning where nobody can tell, and blocks on that only where it is told to", async () => {
    const reported = await sit({ publishing: byToken, credential: silent });
    expect(reported.code).toBeUndefined();
    expect(reported.checkOf("one:credential")).toMatchObject({ required: false, code: "publish.credential-unknown" });
    expect(reported.row.credential).toBe("unknown");
    const blocked = await sit({ publishing: { ...byToken, "on-unknown": "block" }, credential: silent });
    expect(blocked.code).toBe("publish.credential-unknown");
  });

  it("ALL-03 PUB-01: knows nothing of the credential where its client is missing, and loses no other channel by it", async () => {
    const missing = { kind: "input", code: "all.tool-missing", message: "expected npm", hint: "Install it." } as const;
    const { code, checkOf, report } = await sit({
      publishing: byToken,
      credential: new Failure(missing),
      required: false,
    });
    expect([code, checkOf("one:credential")?.because]).toEqual([undefined, expect.stringContaining("expected npm")]);
    expect(report.checks.filter(({ id }) => id.startsWith("mirror:"))).not.toEqual([]);
  });

  it("ALL-12: reports a bad optional channel, and does not stop for it", async () => {
    const { code, checkOf } = await sit({ publishing: byToken, token: "", required: false });
    expect([code, checkOf("one:credential")?.result]).toEqual([undefined, "fail"]);
  });

  it("PUB-01: knows nothing where the configuration does not tell how the channel is published to", async () => {
    const { code, row, asked } = await sit({ publishing: undefined });
    expect([code, row.credential, asked]).toEqual([undefined, "unknown", []]);
    expect(row.undo).toMatchObject({ withdraw: "unknown" });
  });
});

describe("publish-verify, preflight, with a trusted workflow", () => {
  const repository = { type: "git", url: "git+https://github.example/octo/tide.git" };

  it("PUB-02 BLD-17: passes when the registry would hear what it was told", async () => {
    const { report, asked, checkOf } = await sit({ publishing: trusted, repository });
    expect(conclude(report.checks).result).toBe("pass");
    expect(asked).toEqual([]);
    expect(checkOf("one:client")?.because).toBe("11.6.0, and 11.5.1 is enough");
  });

  it.each<[what: string, scene: Scene, code: string]>([
    ["another workflow runs", { workflow: workflow.replace("release", "ci") }, "publish.oidc-misconfigured"],
    [
      "nobody said which workflow is trusted",
      { publishing: { by: "trusted-publisher" } },
      "publish.oidc-misconfigured",
    ],
    ["the job may not ask for an identity", { mayIdentify: false }, "publish.oidc-misconfigured"],
    ["the package names another repository", { repository: "github:octo/other" }, "publish.oidc-misconfigured"],
    [
      "the package names a repository that only ends alike",
      { repository: "evil-octo/tide" },
      "publish.oidc-misconfigured",
    ],
    [
      "the package spells the repository otherwise",
      { repository: "https://github.example/Octo/tide" },
      "publish.oidc-misconfigured",
    ],
    [
      "the package names the repository of another server",
      { repository: "https://gitlab.example/octo/tide" },
      "publish.oidc-misconfigured",
    ],
    [
      "the package names the repository in another place of the server",
      { repository: "https://github.example/x/octo/tide" },
      "publish.oidc-misconfigured",
    ],
    ["the package names another server shortly", { repository: "gitlab:octo/tide" }, "publish.oidc-misconfigured"],
    [
      "the job is in no environment, and the registry trusts one",
      { publishing: { ...trusted, environment: "release" }, claims: {} },
      "publish.oidc-misconfigured",
    ],
    [
      "the job is in another environment",
      { publishing: { ...trusted, environment: "release" }, claims: { environment: "release-test" } },
      "publish.oidc-misconfigured",
    ],
    [
      "the run is of another ref than the registry trusts",
      { publishing: { ...trusted, refs: ["refs/tags/v*"] }, claims: { ref: "refs/heads/main" } },
      "publish.oidc-misconfigured",
    ],
    [
      "nobody tells what the registry would hear",
      { publishing: { ...trusted, environment: "release" }, claims: { unknown: "HTTP 500" } },
      "publish.remote-unknown",
    ],
    ["the name is new to the registry", { look: sightings({ seen: "absent" }, false) }, "publish.oidc-misconfigured"],
    ["the client is one version too old", { client: "11.5.0" }, "publish.npm-too-old"],
    ["the client does not tell its version", { client: "?" }, "publish.npm-too-old"],
  ])("PUB-02 F40: stops when %s", async (_what, scene, code) => {
    expect((await sit({ publishing: trusted, repository, ...scene })).code).toBe(code);
  });

  it("PUB-02: wants a package that says where it comes from", async () => {
    expect((await sit({ publishing: trusted })).code).toBe("publish.oidc-misconfigured");
  });

  it.each(["octo/tide", "github:octo/tide", "https://github.example/octo/tide/", "git@github.example:octo/tide.git"])(
    "PUB-02: takes %s for this repository",
    async (named) => {
      expect((await sit({ publishing: trusted, repository: named })).code).toBeUndefined();
    },
  );

  it("PUB-02: passes in the environment and for the ref that the registry trusts, and asks for them only then", async () => {
    const publishing = { ...trusted, environment: "Release", refs: ["refs/heads/main", "refs/tags/v*"] };
    const claims = { environment: "release", ref: "refs/tags/v1.1.0" };
    expect((await sit({ publishing, repository, claims })).code).toBeUndefined();
    expect((await sit({ publishing: trusted, repository, claims: { unknown: "HTTP 500" } })).code).toBeUndefined();
  });

  it("PUB-02: takes a client that is just new enough", async () => {
    expect((await sit({ publishing: trusted, repository, client: "11.5.1" })).code).toBeUndefined();
  });

  it("PUB-04: stops when less can be undone without a person than is wanted, and not when it can", async () => {
    const wanted = { undo: ["withdraw", "repoint"] };
    const { code, row } = await sit({ publishing: { ...trusted, ...wanted }, repository });
    expect([code, row.undo]).toEqual([
      "publish.undo-below-minimum",
      { withdraw: "person", repoint: "person", unpublish: "impossible" },
    ]);
    expect((await sit({ publishing: { ...byToken, ...wanted } })).code).toBeUndefined();
  });
});

describe("the version, before anything is published", () => {
  it.each<[what: string, look: ChannelLook, code: string | undefined]>([
    ["is free", free, undefined],
    ["is there with the built bytes", sightings({ seen: "served", files: bytes() }), undefined],
    [
      "is taken by other bytes",
      sightings({ seen: "served", files: bytes("9".repeat(64)) }),
      "publish.exists-different",
    ],
    ["cannot be asked for", sightings({ seen: "unknown", because: "503" }), "publish.remote-unknown"],
  ])("PUB-06: when it %s", async (_what, look, code) => {
    expect((await sit({ publishing: byToken, look })).code).toBe(code);
  });
});

describe("a channel that is left out", () => {
  const others = { required: false, token: "", channels: "mirror" };

  it("BLD-15: is not asked for its credential where it serves what was built", async () => {
    const { report, checkOf } = await sit({ ...others, look: sightings({ seen: "served", files: bytes() }) });
    expect(checkOf("one:left-out")?.result).toBe("pass");
    expect(checkOf("one:credential")).toBeUndefined();
    expect(report.outputs).toEqual({ live: "one\nmirror", planned: "" });
  });

  it("BLD-15: is refused where it does not", async () => {
    const { checkOf, report } = await sit(others);
    expect(checkOf("one:left-out")?.code).toBe("publish.channel-skip-unproven");
    expect(report.outputs).toEqual({ live: "", planned: "one\nmirror" });
  });

  it("BLD-15: has to be one of the configuration", async () => {
    await expect(sit({ channels: "pypi" })).rejects.toMatchObject({ code: "all.input-invalid" });
  });
});
