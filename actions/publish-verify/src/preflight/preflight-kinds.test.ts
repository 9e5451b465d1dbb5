import { describe, expect, it } from "vitest";
import { conclude } from "#src/domain/verdict";
import type { ChannelLook } from "#src/ports/package-channel";
import type { CredentialSighting } from "#src/ports/publishing-client";
import { aBuiltFile } from "#src/testing/build-builders";
import { type PreflightScene, runningWorkflow, sitPreflight } from "../testing/preflight-scene.ts";

const wheel = aBuiltFile({ name: "tide-1.1.0-py3-none-any.whl", kind: "wheel" });
const image = aBuiltFile({ name: "harbour/tide", kind: "image", package: null });
const archive = aBuiltFile({ name: "tide.tar.gz", kind: "archive", package: null });

const accepted: CredentialSighting = { seen: "accepted", as: "ada", rights: "write" };
const token = { by: "token" };
const trusted = { by: "trusted-publisher", workflow: "release.yml" };
const kinds: Record<string, PreflightScene> = {
  npm: { channel: { kind: "npm", package: "tide" } },
  pypi: { channel: { kind: "pypi", package: "tide" }, files: [wheel] },
  cargo: { channel: { kind: "cargo", package: "tide" }, files: [aBuiltFile({ kind: "crate" })] },
  oci: { channel: { kind: "oci", image: "images.example.com/harbour/tide" }, files: [image] },
  go: { channel: { kind: "go", package: "tide" }, files: [aBuiltFile({ kind: "go-module" })] },
  "git-tag": { channel: { kind: "git-tag" }, files: [aBuiltFile({ kind: "git-tree" })] },
  homebrew: { channel: { kind: "homebrew", formula: "Formula/tide.rb" }, files: [archive] },
  "github-release": {
    channel: { kind: "github-release" },
    config: { report: { "github-release": false } },
    files: [archive],
  },
  command: { channel: { kind: "command", run: "true", preflight: "look", variables: ["SHOP_KEY"] }, files: [archive] },
};

const variables = { NODE_AUTH_TOKEN: "t", TWINE_PASSWORD: "t", CARGO_REGISTRY_TOKEN: "t", SHOP_KEY: "t" };

function sit(kind: string, { publishing, ...change }: Partial<PreflightScene> & { publishing?: object } = {}) {
  const scene = kinds[kind] ?? { channel: {} };
  const channel = { ...scene.channel, ...(publishing ? { publishing } : {}), ...change.channel };
  return sitPreflight({ ...scene, variables, ...change, channel, config: { ...scene.config, ...change.config } });
}

const sections: Record<string, { publishing?: object }> = {
  npm: { publishing: token },
  pypi: { publishing: token },
  cargo: { publishing: token },
  oci: { publishing: token },
  "github-release": {},
  command: {},
};

describe.each(Object.entries(sections))("the credential of a channel of kind %s", (kind, section) => {
  it("PUB-01: is ready where the registry knows it", async () => {
    const { row, checkOf, asked } = await sit(kind, { ...section, credential: { ...accepted } });
    expect([row.credential, checkOf("one:credential")?.result, asked.length]).toEqual(["ready", "pass", 1]);
  });

  it("PUB-01 PUB-03: is bad where the registry refuses it, and stops every channel", async () => {
    const { row, code, report } = await sit(kind, { ...section, credential: { seen: "rejected", because: "401" } });
    expect([row.credential, code, conclude(report.checks).result]).toEqual([
      "bad",
      "publish.credential-rejected",
      "fail",
    ]);
  });

  it("PUB-01 F42: is unknown where nobody can tell, which is reported and does not decide", async () => {
    const { row, code, checkOf } = await sit(kind, { ...section, credential: { seen: "unknown", because: "403" } });
    expect([row.credential, code]).toEqual(["unknown", undefined]);
    expect(checkOf("one:credential")).toMatchObject({ required: false, code: "publish.credential-unknown" });
  });
});

describe("a channel that no job publishes to with a credential", () => {
  it.each(["go", "git-tag", "homebrew"])("PUB-01: is ready at kind %s, says why, and nobody is asked", async (kind) => {
    const { row, asked, checkOf } = await sit(kind, { variables: {} });
    expect([row.credential, asked]).toEqual(["ready", []]);
    expect(checkOf("one:credential")?.because).toMatch(/^no credential is needed: /);
  });

  it("PUB-01: is unknown where it takes a command, and the configuration names none for the credential", async () => {
    const { row, asked } = await sitPreflight({ channel: { kind: "command", run: "true" }, files: [archive] });
    expect([row.credential, asked]).toEqual(["unknown", []]);
  });
});

describe("where a token is looked for", () => {
  it.each<
    [what: string, kind: string, publishing: object, channel: Record<string, unknown>, variable: string | undefined]
  >([
    ["what twine reads", "pypi", token, {}, "TWINE_PASSWORD"],
    ["the variable that is named", "pypi", { ...token, variable: "UV_PUBLISH_TOKEN" }, {}, "UV_PUBLISH_TOKEN"],
    ["what cargo reads", "cargo", token, {}, "CARGO_REGISTRY_TOKEN"],
    ["what cargo reads for a registry", "cargo", token, { registry: "my-own" }, "CARGO_REGISTRIES_MY_OWN_TOKEN"],
    ["no variable, but the login of the clients", "oci", token, {}, undefined],
  ])("PUB-01 F16 F50: is %s", async (_what, kind, publishing, channel, variable) => {
    const found = await sit(kind, { publishing, channel, variables: {} });
    expect(found.code).toBe(variable === undefined ? undefined : "publish.credential-missing");
    if (variable) expect(found.checkOf("one:credential")?.because).toBe(`expected a token in ${variable}, found none`);
  });

  it("PUB-01 F16: is every variable that a command gets", async () => {
    expect((await sit("command", { variables: {} })).code).toBe("publish.credential-missing");
    expect((await sit("command")).asked).toEqual([{ run: "look", variables: ["SHOP_KEY"] }]);
  });

  it("PUB-01 F50: has the prefix of a Python index where the configuration names one", async () => {
    const publishing = { ...token, "token-prefix": "pypi-" };
    const ofAnother = await sit("pypi", { publishing, variables: { TWINE_PASSWORD: "npm_secret" } });
    expect(ofAnother.code).toBe("publish.credential-malformed");
    const own = await sit("pypi", { publishing, variables: { TWINE_PASSWORD: "pypi-secret" } });
    expect(own.code).toBeUndefined();
  });

  it("PUB-01 F16: is the login of the container clients, where an image has no variable", async () => {
    const { code, checkOf } = await sit("oci", { publishing: token, credential: { seen: "absent" } });
    expect(code).toBe("publish.credential-missing");
    expect(checkOf("one:credential")?.because).toContain("the login of the container clients");
  });

  it("PUB-01 F41: lacks the right to push, and is bad", async () => {
    const { row } = await sit("oci", { publishing: token, credential: { ...accepted, rights: "none" } });
    expect(row.credential).toBe("bad");
  });
});

describe("a workflow that a registry trusts in place of a token", () => {
  const fresh: ChannelLook = { version: { seen: "absent" }, pointers: new Map(), known: false };
  const elsewhere = runningWorkflow.replace("release", "ci");
  const misconfigured = "publish.oidc-misconfigured";

  it.each<[what: string, kind: string, change: Parameters<typeof sit>[1], code: string | undefined]>([
    ["a Python index is told of it", "pypi", { publishing: trusted }, undefined],
    ["a Python index is told of another", "pypi", { publishing: trusted, workflow: elsewhere }, misconfigured],
    ["a job may not ask for an identity", "pypi", { publishing: trusted, mayIdentify: false }, misconfigured],
    ["a Python project is new", "pypi", { publishing: trusted, look: fresh }, undefined],
    ["a crate is there", "cargo", { publishing: trusted }, undefined],
    ["a crate is new", "cargo", { publishing: trusted, look: fresh }, misconfigured],
    ["a registry of crates is told of another", "cargo", { publishing: trusted, workflow: elsewhere }, misconfigured],
  ])("PUB-02 BLD-17 F40: when %s", async (_what, kind, change, code) => {
    expect((await sit(kind, change)).code).toBe(code);
  });

  it("PUB-02: publishes a new Python project where a pending publisher is there, which is said", async () => {
    const { checkOf } = await sit("pypi", { publishing: trusted, look: fresh });
    expect(checkOf("one:trust")?.because).toContain("a pending publisher has to be there on the index");
    expect((await sit("pypi", { publishing: trusted })).checkOf("one:trust")?.because).not.toContain("pending");
  });

  it.each([
    ["twine", "6.1.0", undefined],
    ["twine", "6.0.1", "publish.client-too-old"],
    ["uv", "0.4.16", undefined],
    ["uv", "0.4.15", "publish.client-too-old"],
    ["uv", undefined, "publish.client-too-old"],
  ])("PUB-02 BLD-17: uploads with %s %s, which may be too old", async (client, version, code) => {
    const found = await sit("pypi", { publishing: { ...trusted, client }, client: version });
    expect([found.code, found.checkOf("one:client")?.code]).toEqual([code, code]);
  });

  it("PUB-02: names no client, and none is asked", async () => {
    const { checkOf, row } = await sit("pypi", { publishing: trusted });
    expect([checkOf("one:client"), row.client]).toEqual([undefined, null]);
  });
});

describe("what can be undone", () => {
  it.each<[kind: string, publishing: object | undefined, withdraw: string, repoint: string]>([
    ["npm", token, "automatic", "automatic"],
    ["npm", trusted, "person", "person"],
    ["pypi", token, "person", "person"],
    ["pypi", trusted, "person", "person"],
    ["cargo", token, "automatic", "automatic"],
    ["cargo", trusted, "person", "person"],
    ["oci", token, "person", "automatic"],
    ["go", undefined, "impossible", "impossible"],
    ["git-tag", undefined, "impossible", "person"],
    ["homebrew", undefined, "person", "person"],
    ["github-release", undefined, "person", "automatic"],
    ["command", undefined, "unknown", "unknown"],
    ["npm", undefined, "unknown", "unknown"],
  ])(
    "PUB-04: of kind %s with %j is withdrawn by %s and repointed by %s",
    async (kind, publishing, withdraw, repoint) => {
      const { row } = await sit(kind, publishing ? { publishing } : {});
      expect(row.undo).toEqual({ withdraw, repoint, unpublish: "impossible" });
    },
  );

  it("PUB-04: is what a command says of its channel", async () => {
    const undo = { withdraw: "automatic", repoint: "impossible" } as const;
    expect((await sit("command", { undo })).row.undo).toEqual({ ...undo, unpublish: "impossible" });
  });

  it.each<[kind: string, minimum: object, result: string | undefined, required?: boolean]>([
    ["npm", { withdraw: "automatic" }, "pass"],
    ["pypi", { withdraw: "person", repoint: "person" }, "pass"],
    ["pypi", { withdraw: "automatic" }, "fail"],
    ["oci", { repoint: "automatic" }, "pass"],
    ["oci", { withdraw: "automatic" }, "fail"],
    ["go", { withdraw: "person" }, "fail"],
    ["homebrew", { withdraw: "person" }, "pass"],
    ["command", { withdraw: "person" }, "inconclusive", false],
    ["go", {}, undefined],
  ])("PUB-04 PUB-35: of kind %s is held against the minimum %j", async (kind, minimum, result, required = true) => {
    const { checkOf } = await sit(kind, {
      ...sections[kind],
      config: { ...kinds[kind]?.config, rollback: { minimum } },
    });
    const check = checkOf("one:undo");
    expect(check?.result).toBe(result);
    if (result === "fail") expect(check?.code).toBe("publish.undo-below-minimum");
    if (result) expect(check?.required).toBe(required);
  });

  it("PUB-04: counts for required channels, and what a channel itself wants for that one", async () => {
    const others = [{ id: "tags", kind: "git-tag", required: true }];
    const config = { rollback: { minimum: { withdraw: "automatic" } } };
    const optional = await sit("pypi", { channel: { required: false }, publishing: token, others, config });
    expect([optional.checkOf("one:undo"), optional.checkOf("tags:undo")?.result]).toEqual([undefined, "fail"]);
    const own = await sit("pypi", { publishing: { ...token, undo: ["withdraw"] } });
    expect(own.code).toBe("publish.undo-below-minimum");
  });

  it("PUB-04: blocks what nobody knows only where the unknown is to block", async () => {
    const undo = { publishing: { ...token, undo: ["withdraw"], "on-unknown": "block" } };
    expect((await sit("npm", undo)).code).toBeUndefined();
    const unknown = await sit("command", { config: { rollback: { minimum: { withdraw: "automatic" } } } });
    expect(unknown.checkOf("one:undo")).toMatchObject({ required: false, code: "publish.undo-below-minimum" });
  });
});

describe("a version that was withdrawn", () => {
  it.each(["npm", "pypi", "cargo", "oci"])("PUB-35: is never uploaded again to a channel of kind %s", async (kind) => {
    const files = (kinds[kind]?.files ?? [aBuiltFile()]).map(({ name, sha256, sha512 }) => ({
      name: ["npm", "cargo"].includes(kind) ? null : name,
      digests: { sha256, sha512 },
      size: 3,
    }));
    const look: ChannelLook = { version: { seen: "withdrawn", files, because: "yanked" }, pointers: new Map() };
    const { code, report } = await sit(kind, { ...sections[kind], look });
    expect([code, report.outputs]).toEqual(["publish.reupload-refused", { live: "", planned: "" }]);
  });
});
