import { describe, expect, it } from "vitest";
import { conclude, decidingCode } from "#src/domain/verdict";
import { aSha } from "#src/testing/builders";
import { FakeTagSigner, type SignerFaults } from "#src/testing/fake-tag-signer";
import { FakeTags } from "#src/testing/fake-tags";
import { gated, sit } from "./testing/auto-tag-stage.ts";

describe("a version by its channel", () => {
  it.each([
    ["stable", "1.1.0", "stable"],
    ["all", "1.1.0", "stable"],
    ["all", "1.2.0-rc.1", "pre-release"],
    ["all", "1.2.0rc1", "pre-release"],
    ["all", "1.2.0.post1", "post-release"],
  ])("TAG-14 ALL-11: channel %s tags %s, a %s", async (channel, version) => {
    const tags = new FakeTags();
    const report = await sit(tags, gated({ version, config: { tag: { channel } } }));
    expect(conclude(report.checks).result).toBe("pass");
    expect([...tags.refs.keys()]).toEqual([`v${version}`]);
    expect(report.noRelease).toBeUndefined();
  });

  it.each(["1.2.0-rc.1", "1.2.0rc1", "1.2.0.dev3", "1.2.0.post1"])(
    "TAG-14 ALL-11: channel stable leaves %s out: green, explained, nothing asked and nothing written",
    async (version) => {
      const tags = new FakeTags();
      const report = await sit(tags, gated({ version, config: { tag: { channel: "stable" } } }));
      expect(conclude(report.checks).result).toBe("pass");
      expect(report).toMatchObject({ noRelease: true, outputs: { state: "left-out" } });
      expect(report.next).toContain(version);
      expect(tags.calls).toEqual([]);
    },
  );
});

describe("a lightweight tag", () => {
  it("TAG-04 TAG-08: is written as a bare ref and read back as one", async () => {
    const tags = new FakeTags();
    const report = await sit(tags, gated({ config: { tag: { kind: "lightweight" } } }));
    expect(conclude(report.checks).result).toBe("pass");
    expect(tags.refs.get("v1.1.0")).toEqual({ object: aSha(), commit: aSha(), annotated: false });
    expect(tags.calls).not.toContain("read");
    expect(report.effects).toMatchObject([{ wanted: `lightweight ${aSha()}`, state: "done" }]);
  });
});

describe("a signed tag", () => {
  const config = { tag: { kind: "signed", signing: { format: "ssh", signers: "ada@example.org ssh-ed25519 AAAA" } } };
  const sign = async (faults: SignerFaults = {}, tags = new FakeTags(), mode: "live" | "rehearsal" = "live") => {
    const signer = new FakeTagSigner(tags, faults);
    const report = await sit(tags, gated({ mode, config }), { signer: () => signer });
    return { report, signer, tags, code: decidingCode(report.checks) };
  };

  it("TAG-04 TAG-08: is written by the signer, read back, and verified", async () => {
    const { report, signer, code } = await sign();
    expect(code).toBeUndefined();
    expect(signer.calls).toEqual(["create", "inspect"]);
    expect(report.checks.find(({ id }) => id === "signature")?.because).toContain("ada@example.org");
  });

  it("TAG-04: is not tried with a key that cannot be used, in a rehearsal neither", async () => {
    for (const mode of ["live", "rehearsal"] as const) {
      const { code, tags } = await sign(
        { complaint: "expected the input `signing-key`, found nothing" },
        undefined,
        mode,
      );
      expect(code).toBe("tag.sign-failed");
      expect(tags.calls).toEqual([]);
    }
  });

  it("TAG-04: fails where signing fails, and nothing is written", async () => {
    const { code, tags } = await sign({ answer: { outcome: "refused", code: "tag.sign-failed", because: "no key" } });
    expect(code).toBe("tag.sign-failed");
    expect(tags.refs.size).toBe(0);
  });

  it("TAG-04 TAG-08: fails where the signature does not hold once it is written", async () => {
    const { code, report } = await sign({ broken: true });
    expect(code).toBe("tag.sign-failed");
    expect(report.effects).toMatchObject([{ state: "done" }]);
  });

  it("TAG-04 TAG-07: that was there already without a signature is not the tag that is wanted", async () => {
    const tags = new FakeTags().put("v1.1.0", { commit: aSha() });
    const { code, report } = await sign({}, tags);
    expect(code).toBe("tag.sign-failed");
    expect(report.effects).toMatchObject([{ state: "refused" }]);
    expect(tags.refs.get("v1.1.0")?.object).toBe(aSha("f"));
  });

  it("TAG-07: that was there already with a good signature is done", async () => {
    const { tags } = await sign();
    expect((await sign({}, tags)).report.outputs).toMatchObject({ state: "already" });
  });
});

describe("a tag that was made by hand", () => {
  const byHand = (manual: "allow" | "refuse") => {
    const tags = new FakeTags().put("v1.1.0", { commit: aSha() });
    const tagger = { name: "Ada", email: "ada@example.org" };
    const date = "2026-01-01T12:00:00Z";
    const object = { tag: "v1.1.0", type: "commit", commit: aSha(), message: "Release v1.1.0", tagger, date };
    tags.objects.set(aSha("f"), object);
    return sit(tags, gated({ config: { tag: { manual } } }));
  };

  it("TAG-17: counts where the configuration allows it, behind the same gates", async () => {
    expect((await byHand("allow")).outputs).toMatchObject({ state: "already" });
  });

  it("TAG-17: is refused where the configuration refuses it", async () => {
    expect(decidingCode((await byHand("refuse")).checks)).toBe("tag.manual-refused");
  });

  it("TAG-17: is told from the suite's own, which a rerun finds", async () => {
    const tags = new FakeTags();
    const context = gated({ config: { tag: { manual: "refuse" } } });
    await sit(tags, context);
    expect((await sit(tags, context)).outputs).toMatchObject({ state: "already" });
  });
});
