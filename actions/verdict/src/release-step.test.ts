import { describe, expect, it } from "vitest";
import { digestOfBytes } from "#src/domain/digest";
import { FakeReleases } from "#src/testing/fake-releases";
import { aChain, aChainContext } from "#src/testing/release-chain";
import { nextStep } from "./release-step.ts";
import { releaseMarker, wantedRelease } from "./wanted-release.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

const wanted = (() => {
  const found = wantedRelease(aChainContext(aChain()));
  if (!found) throw new Error("expected a wanted release");
  return found;
})();

const reports = [
  { name: "report.html", bytes: bytes("page") },
  { name: "verdict.json", bytes: bytes("{}") },
  { name: "verified.json", bytes: bytes("{}") },
];

const whole = { "tide-1.1.0.tgz": "tarball", "report.html": "page", "verdict.json": "{}", "verified.json": "{}" };

const held = (fields: object, files: Record<string, string> = {}) =>
  new FakeReleases().put({ body: wanted.body, ...fields }, files);

describe("the wanted release", () => {
  it("names built files with their digests, and reports by name only, so that a rehearsal plans the same", () => {
    expect(wanted.effect).toMatchObject({ kind: "github-release", target: "v1.1.0", precondition: "absent" });
    expect(wanted.effect.wanted).toBe(
      `published, notes ${digestOfBytes("Fixes the tide.\n")}, assets report.html, tide-1.1.0.tgz ${digestOfBytes("tarball")}, verdict.json, verified.json`,
    );
    expect(wantedRelease(aChainContext(aChain({ mode: "rehearsal" })))?.effect).toEqual(wanted.effect);
  });

  it("a built file that would take the name of a report is refused", () => {
    const chain = aChain();
    chain[3]?.attachments.set("files/verdict.json", bytes("{}"));
    expect(() => wantedRelease(aChainContext(chain))).toThrow(/a name of its own, found "verdict.json"/);
  });

  it("is a pre-release on GitHub when the version is one", () => {
    const release = { ...aChain()[0]?.record.release, tag: "v2.0.0-rc.1", version: "2.0.0-rc.1" };
    const [plan, ...rest] = aChain();
    if (!plan) throw new Error("expected a plan");
    const renamed = { ...plan, record: { ...plan.record, release: { ...plan.record.release, ...release } } };
    expect(wantedRelease(aChainContext([renamed, ...rest]))?.prerelease).toBe(true);
    expect(wanted.prerelease).toBe(false);
  });
});

describe("the next step", () => {
  it("is to create a draft where there is no release", () => {
    const step = nextStep([], wanted, reports);
    expect(step).toMatchObject({ step: "create" });
    expect("missing" in step && step.missing.map(({ name }) => name)).toEqual(Object.keys(whole));
  });

  it("ALL-09: an own draft is adopted, and only what it lacks is added", () => {
    const step = nextStep([held({}, { "tide-1.1.0.tgz": "tarball" })], wanted, reports);
    expect(step).toMatchObject({
      step: "complete",
      missing: [{ name: "report.html" }, { name: "verdict.json" }, { name: "verified.json" }],
    });
  });

  it("line ends that the web page rewrote make no other text", () => {
    const body = wanted.body.replaceAll("\n", "\r\n");
    expect(nextStep([held({ body }, whole)], wanted, reports)).toMatchObject({ step: "complete", missing: [] });
  });

  it("reports of an earlier run stay in the draft, and this run's stand beside them", () => {
    const step = nextStep([held({}, { ...whole, "verdict.json": "earlier" })], wanted, reports);
    const name = `verdict-${digestOfBytes("{}").slice(7, 19)}.json`;
    expect(step).toMatchObject({ step: "complete", missing: [{ name }] });
  });

  it("ALL-09: a published release of the wanted content is already there, whatever its reports say", () => {
    const published = held({ draft: false }, { ...whole, "report.html": "earlier" });
    expect(nextStep([published], wanted, reports)).toMatchObject({ step: "already" });
  });

  it.each<[what: string, fields: object, files: Record<string, string>, because: RegExp]>([
    ["a draft of someone else", { body: "My notes" }, {}, /not one that this suite wrote/],
    [
      "a draft of another commit",
      { body: releaseMarker("v1.1.0", "b".repeat(40)) },
      {},
      /not one that this suite wrote/,
    ],
    [
      "a draft with other notes",
      { body: `Other.\n\n${releaseMarker("v1.1.0", wanted.sha)}` },
      {},
      /not those of the plan/,
    ],
    ["a published release of someone else", { draft: false, body: "Mine" }, whole, /published release .* not one/],
    ["a draft with a foreign asset", {}, { ...whole, "extra.bin": "x" }, /found extra.bin/],
    ["a draft with other bytes", {}, { "tide-1.1.0.tgz": "others" }, /expected asset tide-1.1.0.tgz with sha256/],
    [
      "a published release with other bytes",
      { draft: false },
      { ...whole, "tide-1.1.0.tgz": "others" },
      /expected asset/,
    ],
    [
      "a published release that lacks a file",
      { draft: false },
      { "tide-1.1.0.tgz": "tarball" },
      /lacks report.html, verdict.json, verified.json/,
    ],
  ])("ALL-09: %s is refused, never overwritten", (_what, fields, files, because) => {
    const step = nextStep([held(fields, files)], wanted, reports);
    expect(step).toEqual({ step: "refuse", because: expect.stringMatching(because) });
  });

  it("an upload that broke off is refused, as its name stays taken", () => {
    const draft = held({}, { "tide-1.1.0.tgz": "tarball" });
    const broken = { ...draft, assets: draft.assets.map((asset) => ({ ...asset, complete: false })) };
    expect(nextStep([broken], wanted, reports)).toMatchObject({
      step: "refuse",
      because: expect.stringMatching(/broke off/),
    });
  });

  it("two releases of one tag are refused", () => {
    const step = nextStep([held({}), held({})], wanted, reports);
    expect(step).toEqual({ step: "refuse", because: "expected one release of v1.1.0, found 2" });
  });
});
