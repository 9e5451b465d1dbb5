import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RehearsalSigner, startSigner } from "../../rehearsal/attestations/signer.ts";
import { verifyBundle } from "../../src/adapters/sigstore-verifier.ts";

const workflow = "https://github.example/octo/tide/.github/workflows/release.yml@refs/heads/main";
const subjects = [{ name: "tide-1.1.0.tgz", sha256: "1".repeat(64) }];

describe("a Sigstore bundle", () => {
  let signer: RehearsalSigner;
  let stranger: RehearsalSigner;
  let bundle: object;

  beforeAll(async () => {
    [signer, stranger] = await Promise.all([startSigner(), startSigner()]);
    bundle = await signer.attest({ subjects, workflow });
  });

  afterAll(() => Promise.all([signer.close(), stranger.close()]));

  it("PUB-14: holds under the root of its authority, without asking anybody", async () => {
    await signer.close();
    expect(verifyBundle(bundle, [signer.root])).toEqual({
      holds: true,
      statement: {
        signer: workflow,
        issuer: "https://token.actions.githubusercontent.com",
        subjects,
        predicate: "https://slsa.dev/provenance/v1",
        authority: "seaworthy-rehearsal",
      },
    });
  });

  it("holds under one of several roots", () => {
    expect(verifyBundle(bundle, [stranger.root, signer.root])).toMatchObject({ holds: true });
  });

  it("PUB-14: does not hold under another root, without one, or with another payload", () => {
    const text = JSON.stringify(bundle);
    const payload = Buffer.from(JSON.stringify({ subject: [{ name: "x", digest: { sha256: "2".repeat(64) } }] }));
    const altered: unknown = JSON.parse(text.replace(/"payload":"[^"]*"/, `"payload":"${payload.toString("base64")}"`));
    expect(verifyBundle(bundle, [stranger.root])).toMatchObject({ holds: false });
    expect(verifyBundle(bundle, [])).toEqual({ holds: false, because: "expected a trusted root, found none" });
    expect(verifyBundle(altered, [signer.root])).toMatchObject({ holds: false });
    expect(verifyBundle({ mediaType: "x" }, [signer.root])).toMatchObject({ holds: false });
  });
});
