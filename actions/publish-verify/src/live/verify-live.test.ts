import { describe, expect, it } from "vitest";
import { Failure } from "#src/domain/failure";
import { type Check, conclude, decidingCode } from "#src/domain/verdict";
import type { ChannelLook, VersionSighting } from "#src/ports/package-channel";
import { aBuild, aBuiltFile } from "#src/testing/build-builders";
import { aContext, anArrival, aRecord, aRelease, aSha } from "#src/testing/builders";
import { FakePackageChannel, FakeTagContent } from "#src/testing/fake-channels";
import { fakeClock } from "#src/testing/fake-clock";
import { channelPorts } from "../testing/channel-ports.ts";
import { verifyLive } from "./verify-live.ts";

const file = aBuiltFile();
const treeFile = aBuiltFile({ name: "dist/a.js", kind: "git-tree", package: null });
const npm = { id: "npm", kind: "npm", package: "tide" };
const gitTag = { id: "action", kind: "git-tag" };

const look = (version: VersionSighting, latest = "1.1.0"): ChannelLook => ({
  version,
  pointers: new Map([["latest", latest]]),
});
const bytes = (sha256 = file.sha256) => [{ name: null, digests: { sha256, sha512: file.sha512 }, size: 3 }];
const served = look({ seen: "served", files: bytes() });
const absent = look({ seen: "absent" }, "1.0.0");
const accepted = look({ seen: "accepted", because: "listed" });
const unknown = look({ seen: "unknown", because: "npm answered E503" });
const other = look({ seen: "served", files: bytes("9".repeat(64)) });

interface Scene {
  channels?: object[];
  built?: (typeof file)[];
  mode?: "live" | "rehearsal";
  tag?: Parameters<typeof aRecord>[0];
  looks?: ChannelLook[];
  content?: FakeTagContent;
}

async function sit({ channels = [npm], built = [file], mode = "live", tag = {}, looks = [served], content }: Scene) {
  const release = aRelease({ mode });
  const others = [anArrival(aRecord({ stage: "auto-tag", release, ...tag })), aBuild(built, { release })];
  const ports = {
    ...channelPorts(new FakePackageChannel(...looks), content ?? new FakeTagContent()),
    clock: fakeClock(),
  };
  const report = await verifyLive(aContext({ channels }, others, release), ports);
  const attachment = JSON.parse(String(report.attachments?.[0]?.content));
  return {
    report,
    ports,
    code: decidingCode(report.checks),
    channels: attachment.channels,
    waited: total(ports.clock.sleeps),
  };
}

const total = (sleeps: number[]) => sleeps.reduce((sum, one) => sum + one, 0);
const minutes = (count: number) => count * 60_000;
const resultOf = (checks: Check[], id: string) => checks.find((check) => check.id === id)?.result;

describe("publish-verify, mode live", () => {
  it("PUB-30: passes at the first look when users get the built bytes", async () => {
    const { report, waited } = await sit({});
    expect(conclude(report.checks).result).toBe("pass");
    expect(waited).toBe(0);
    expect(report.subjects).toEqual([{ name: "tide@1.1.0", digest: { sha256: file.sha256, sha512: file.sha512 } }]);
    expect(report.outputs).toEqual({ live: "npm", planned: "" });
  });

  it("PUB-31 F46: waits for a version that lags, and records every look with its instant", async () => {
    const { report, ports, channels } = await sit({ looks: [absent, accepted, unknown, served] });
    expect(conclude(report.checks).result).toBe("pass");
    expect(ports.clock.sleeps).toEqual([10_000, 15_000, 22_500]);
    expect(channels[0].observations.map(({ at, seen }: { at: string; seen: string }) => [at, seen])).toEqual([
      ["2026-01-01T12:00:00Z", "absent"],
      ["2026-01-01T12:00:10Z", "accepted"],
      ["2026-01-01T12:00:25Z", "unknown"],
      ["2026-01-01T12:00:47Z", "served"],
    ]);
  });

  it("ALL-13 PUB-31: lets half as much time again pass before each further look, a minute at most", async () => {
    const { ports, waited } = await sit({ looks: [absent], channels: [{ ...npm, deadline: "5m" }] });
    expect(ports.clock.sleeps.slice(0, 7)).toEqual([10_000, 15_000, 22_500, 33_750, 50_625, 60_000, 60_000]);
    expect(waited).toBe(minutes(5));
  });

  it.each([
    ["never accepted is not live", absent, "publish.not-live", "fail"],
    ["accepted but not visible is late", accepted, "publish.live-timeout", "inconclusive"],
    ["that cannot be asked for is unknown", unknown, "publish.remote-unknown", "inconclusive"],
    ["whose dist-tag never moves is wrong", look(served.version, "1.0.0"), "publish.dist-tag-wrong", "fail"],
  ])("PUB-31: a version %s, after exactly the channel's deadline", async (_what, seen, code, result) => {
    const found = await sit({ looks: [seen], channels: [{ ...npm, deadline: "3m" }] });
    expect(found.code).toBe(code);
    expect(conclude(found.report.checks).result).toBe(result);
    expect(found.waited).toBe(minutes(3));
  });

  it("PUB-31: other bytes fail at once, however long the deadline", async () => {
    const { code, waited, ports } = await sit({ looks: [other, served] });
    expect([code, waited, ports.packages.npm.asked.length]).toEqual(["publish.hash-mismatch", 0, 1]);
  });

  it("PUB-31: has twice the patience for a name that nobody knew, and no more", async () => {
    const fresh = { ...absent, known: false };
    const found = await sit({ looks: [fresh, absent], channels: [{ ...npm, deadline: "3m" }] });
    expect([found.code, found.waited]).toEqual(["publish.not-live", minutes(6)]);
  });

  it("ALL-13 PUB-31: asks again at the instant that the channel names, and not before", async () => {
    const busy = { ...unknown, retryAt: new Date("2026-01-01T12:02:00Z") };
    const { report, ports, channels } = await sit({ looks: [busy, served] });
    expect(conclude(report.checks).result).toBe("pass");
    expect(ports.clock.sleeps).toEqual([minutes(2)]);
    expect(channels[0].observations[0]).toMatchObject({ seen: "unknown", "retry-at": "2026-01-01T12:02:00Z" });
  });

  it("PUB-31: cannot tell at once when the channel names an instant behind the deadline", async () => {
    const busy = { ...unknown, retryAt: new Date("2026-01-01T13:00:00Z") };
    const { code, waited, ports } = await sit({ looks: [busy, served] });
    expect([code, waited, ports.packages.npm.asked.length]).toEqual(["publish.remote-unknown", 0, 1]);
  });

  it("ALL-13 PUB-31 SMK-03: watches the channels side by side, so that a slow one takes no time from another", async () => {
    const late = { seen: "served", commit: aSha(), digests: new Map([["dist/a.js", treeFile.sha256]]) } as const;
    const channels = [{ ...npm, deadline: "10m" }, gitTag];
    const content = new FakeTagContent({ "refs/tags/v1.1.0": late });
    const { ports, channels: seen } = await sit({ channels, built: [file, treeFile], looks: [absent], content });
    expect(ports.clock.now().toISOString()).toBe("2026-01-01T12:10:00.000Z");
    expect(seen[0].observations.at(-1).at).toBe("2026-01-01T12:10:00Z");
    expect(seen[1].observations).toHaveLength(1);
    expect(seen[1].observations[0].at).toBe("2026-01-01T12:00:00Z");
  });

  it("takes the last look as the answer: a registry that fell silent is unknown, not absent", async () => {
    expect((await sit({ looks: [absent, unknown] })).code).toBe("publish.remote-unknown");
    expect((await sit({ looks: [unknown, absent] })).code).toBe("publish.not-live");
  });

  it("ALL-12: an optional channel that fails is reported and does not decide", async () => {
    const optional = { id: "mirror", kind: "npm", package: "tide", required: false };
    const { report } = await sit({ channels: [npm, optional], looks: [served, other] });
    expect(conclude(report.checks).result).toBe("pass");
    expect(resultOf(report.checks, "mirror:live")).toBe("fail");
    expect(report.outputs).toMatchObject({ live: "npm" });
  });

  it.each([
    ["without any channel", []],
    ["with optional channels only", [{ ...npm, required: false }]],
  ])("is inconclusive %s", async (_what, channels) => {
    const { report, code } = await sit({ channels });
    expect([conclude(report.checks).result, code]).toEqual(["inconclusive", "publish.no-channel"]);
  });

  it.each([
    ["publish.files-empty", [aBuiltFile({ package: "other" })]],
    ["build.artifact-duplicate", [file, aBuiltFile({ name: "tide-linux.tgz" })]],
  ])(
    "BLD-16: ends with %s and asks nothing when the build does not name one tarball of the package",
    async (code, built) => {
      const found = await sit({ built });
      expect([found.code, found.ports.packages.npm.asked]).toEqual([code, []]);
    },
  );

  it("PUB-30: verifies the tree of a tag", async () => {
    const tree = { seen: "served", commit: aSha(), digests: new Map([["dist/a.js", treeFile.sha256]]) } as const;
    const content = new FakeTagContent({ "refs/tags/v1.1.0": tree });
    const { report } = await sit({ channels: [gitTag], built: [treeFile], content });
    expect(conclude(report.checks).result).toBe("pass");
    expect(report.subjects).toEqual([{ name: "refs/tags/v1.1.0", digest: { gitCommit: aSha() } }]);
  });

  it("waits for a tag no longer than its deadline", async () => {
    const { code, waited } = await sit({ channels: [gitTag], built: [treeFile] });
    expect([code, waited]).toEqual(["publish.not-live", minutes(2)]);
  });

  it("fails when a git-tag channel has no built file to compare", async () => {
    expect((await sit({ channels: [gitTag] })).code).toBe("publish.files-empty");
  });

  it("BLD-18: asks nothing when the tag did not pass", async () => {
    const { code, ports } = await sit({ tag: { verdict: { result: "fail", "decided-by": ["tag"] } } });
    expect([code, ports.packages.npm.asked]).toEqual(["all.evidence-mismatch", []]);
  });

  it("BLD-18: is stopped by a missing record of the build", async () => {
    const ports = {
      ...channelPorts(new FakePackageChannel(served), new FakeTagContent()),
      clock: fakeClock(),
    };
    const context = aContext({ channels: [npm] }, [anArrival(aRecord({ stage: "auto-tag" }))]);
    await expect(verifyLive(context, ports)).rejects.toMatchObject({ code: "all.evidence-missing" });
  });
});

describe("a version that only some channels serve", () => {
  const tree = { seen: "served", commit: aSha(), digests: new Map([["dist/a.js", treeFile.sha256]]) } as const;
  const both = (...looks: ChannelLook[]) => ({
    channels: [npm, gitTag],
    built: [file, treeFile],
    content: new FakeTagContent({ "refs/tags/v1.1.0": tree }),
    looks,
  });
  const incidentOf = ({ attachments = [] }: Awaited<ReturnType<typeof sit>>["report"]) =>
    attachments.find(({ name }) => name === "incident.md")?.content;

  it("PUB-34 F31 F41: is an incident, with one text and one table that list both", async () => {
    const { report, code } = await sit(both(absent));
    expect(code).toBe("publish.partial");
    expect(report.checks.find(({ id }) => id === "together")?.because).toBe(
      "live: action; not live: npm (publish.not-live: expected tide@1.1.0, found no trace of it on a registry that answers)",
    );
    expect(incidentOf(report)).toContain("from `action`, and not from `npm`");
    expect(report.summary).toContain("| `action` | live |");
    expect(report.summary).toContain("| `npm` | **not live** |");
    expect(report.next).toContain("incident.md");
  });

  it("ALL-08: is unknown while the others cannot be asked, and no incident yet", async () => {
    const { report, code } = await sit(both(unknown));
    expect([code, resultOf(report.checks, "together")]).toEqual(["publish.remote-unknown", "inconclusive"]);
    expect(incidentOf(report)).toBeUndefined();
  });

  it("PUB-34: is no incident when all of them do, or none", async () => {
    const whole = await sit(both(served));
    expect([whole.code, resultOf(whole.report.checks, "together")]).toEqual([undefined, "pass"]);
    const none = await sit({ ...both(absent), content: new FakeTagContent() });
    expect([none.code, resultOf(none.report.checks, "together")]).toEqual(["publish.not-live", undefined]);
  });

  it("PUB-34: is reported and does not decide when only optional channels lack it", async () => {
    const { report } = await sit({ ...both(absent), channels: [{ ...npm, required: false }, gitTag] });
    expect(conclude(report.checks).result).toBe("pass");
    expect(report.checks.find(({ id }) => id === "together")).toMatchObject({
      required: false,
      code: "publish.partial",
    });
    expect(report.summary).toContain("not live (optional)");
  });
});

describe("publish-verify, rehearsed", () => {
  it.each([
    ["PUB-06: a free version passes as planned", absent, undefined, { live: "", planned: "npm" }],
    ["ALL-09: a version with the built bytes passes as live", served, undefined, { live: "npm", planned: "" }],
    ["ALL-09: a version with other bytes fails", other, "publish.exists-different", { live: "", planned: "" }],
    ["ALL-08: an unanswered question is unknown", unknown, "publish.remote-unknown", { live: "", planned: "" }],
  ])("%s, without waiting", async (_rule, seen, code, outputs) => {
    const found = await sit({ mode: "rehearsal", looks: [seen] });
    expect(found.code).toBe(code);
    expect(found.report.outputs).toEqual(outputs);
    expect(found.waited).toBe(0);
  });

  it("looks at the commit itself while its tag is still to be created", async () => {
    const tree = { seen: "served", commit: aSha(), digests: new Map([["dist/a.js", treeFile.sha256]]) } as const;
    const content = new FakeTagContent({ [aSha()]: tree });
    const { report } = await sit({ mode: "rehearsal", channels: [gitTag], built: [treeFile], content });
    expect(report.outputs).toEqual({ live: "", planned: "action" });
    expect(content.asked).toEqual(["refs/tags/v1.1.0", aSha()]);
  });
});

describe("a channel whose look ends in an exception", () => {
  const crate = aBuiltFile({ name: "tide-1.1.0.crate", kind: "crate" });
  const missing = new Failure({
    ...{ kind: "input", code: "all.tool-missing", message: "expected cargo on PATH, found none", hint: "Install it." },
  });
  const upstream = new Failure({
    kind: "upstream",
    code: "all.upstream-unreachable",
    message: "no answer",
    hint: "Wait.",
  });

  async function sitBeside(thrown: unknown, required: boolean) {
    const release = aRelease();
    const others = [anArrival(aRecord({ stage: "auto-tag", release })), aBuild([file, crate], { release })];
    const given = channelPorts(new FakePackageChannel(served), new FakeTagContent());
    const cargo = { look: () => Promise.reject(thrown) };
    const ports = { ...given, packages: { ...given.packages, cargo }, clock: fakeClock() };
    const channels = [npm, { id: "crates", kind: "cargo", package: "tide", required }];
    const report = await verifyLive(aContext({ channels }, others, release), ports);
    const check = report.checks.find(({ id }) => id === "crates:live");
    return { report, check, waited: total(ports.clock.sleeps) };
  }

  it.each([
    ["a missing client", missing, "all.tool-missing", 0],
    ["a defect", new TypeError("Invalid URL"), "publish.remote-unknown", minutes(5)],
    ["a server that does not answer", upstream, "publish.remote-unknown", minutes(5)],
  ])("PUB-31: takes nothing from the others, whether it is %s", async (_what, thrown, code, waited) => {
    const optional = await sitBeside(thrown, false);
    expect(conclude(optional.report.checks).result).toBe("pass");
    expect(optional.report.outputs).toMatchObject({ live: "npm" });
    expect(optional.check).toMatchObject({ result: "inconclusive", code, required: false });
    expect(optional.waited).toBe(waited);
    const required = await sitBeside(thrown, true);
    expect(required.check).toMatchObject({ result: "inconclusive", code, required: true });
    expect(conclude(required.report.checks).result).not.toBe("pass");
    expect(resultOf(required.report.checks, "npm:live")).toBe("pass");
  });
});
