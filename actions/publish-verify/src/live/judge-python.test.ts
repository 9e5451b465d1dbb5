import { describe, expect, it } from "vitest";
import { decidingCode } from "#src/domain/verdict";
import type { ServedFile, VersionSighting } from "#src/ports/package-channel";
import { aBuiltFile } from "#src/testing/build-builders";
import { aRelease } from "#src/testing/builders";
import { FakePackageChannel, FakeTagContent } from "#src/testing/fake-channels";
import { channelPorts } from "../testing/channel-ports.ts";
import { lookAt } from "./channels.ts";
import { mayChange } from "./finding.ts";

const wheel = aBuiltFile({ name: "tide_table-1.1.0-py3-none-any.whl", kind: "wheel", package: "tide-table" });
const sdist = aBuiltFile({
  name: "tide_table-1.1.0.tar.gz",
  kind: "sdist",
  package: "Tide.Table",
  sha256: "3".repeat(64),
});
const channel = { id: "python", kind: "pypi", package: "tide_table", required: true, deadline: "10m" } as const;

function served({ name, sha256, sha512, size }: typeof wheel): ServedFile {
  return { name, digests: { sha256, sha512 }, size };
}

async function judge(
  version: VersionSighting,
  { latest = "1.1.0", mode = "live", built = [wheel, sdist] }: Given = {},
) {
  const registry = new FakePackageChannel({ version, pointers: new Map([["latest", latest]]), known: true });
  const ports = channelPorts(registry, new FakeTagContent());
  return lookAt({ channel, release: { ...aRelease({ mode }), tag: "v1.1.0", version: "1.1.0" }, built }, ports);
}

interface Given {
  latest?: string;
  mode?: "live" | "rehearsal";
  built?: (typeof wheel)[];
}

const all = (...files: ServedFile[]): VersionSighting => ({ seen: "served", files });

describe("a version on a Python index, live", () => {
  it("PUB-30 PUB-37: passes with every wheel and every sdist, whatever the spelling of the name", async () => {
    const finding = await judge(all(served(wheel), served(sdist)));
    expect(finding).toMatchObject({ standing: "live", checks: [{ result: "pass" }, { result: "pass" }] });
    expect(finding.subjects?.map(({ name }) => name)).toEqual([
      "tide_table@1.1.0/tide_table-1.1.0-py3-none-any.whl",
      "tide_table@1.1.0/tide_table-1.1.0.tar.gz",
    ]);
  });

  it("PUB-37 F43: is incomplete with the wheel alone, which time may change", async () => {
    const finding = await judge(all(served(wheel)));
    expect(finding.checks).toMatchObject([{ result: "fail", code: "publish.channel-incomplete" }]);
    expect(finding.checks[0]?.because).toContain("1 of 2 files");
    expect(mayChange(finding)).toBe(true);
  });

  it.each([
    [
      "PUB-30: with other bytes in one of the files",
      all(served(wheel), { ...served(sdist), digests: { sha256: "9" } }),
    ],
    ["PUB-30: with other bytes, although the rest is missing", all({ ...served(wheel), digests: { sha256: "9" } })],
  ])("%s fails at once", async (_rule, version) => {
    const finding = await judge(version);
    expect(decidingCode(finding.checks)).toBe("publish.hash-mismatch");
    expect(mayChange(finding)).toBe(false);
  });

  it("PUB-30: fails at once with a wheel that nobody built", async () => {
    const foreign = { name: "tide_table-1.1.0-cp312-cp312-win_amd64.whl", digests: { sha256: "9" }, size: 1 };
    const finding = await judge(all(served(wheel), served(sdist), foreign));
    expect(decidingCode(finding.checks)).toBe("publish.asset-extra");
    expect(finding.checks[0]?.because).toContain(foreign.name);
    expect(mayChange(finding)).toBe(false);
  });

  it("PUB-36: is withdrawn when one of the files is yanked", async () => {
    const finding = await judge({ seen: "withdrawn", files: [served(wheel), served(sdist)], because: "yanked: leaks" });
    expect(decidingCode(finding.checks)).toBe("publish.withdrawn");
  });

  it("PUB-32: fails when pip names an older version as the newest", async () => {
    const finding = await judge(all(served(wheel), served(sdist)), { latest: "1.0.0" });
    expect(decidingCode(finding.checks)).toBe("publish.latest-wrong");
    expect(mayChange(finding)).toBe(true);
  });

  it("BLD-16: is not asked about when nothing was built for it", async () => {
    const finding = await judge(all(served(wheel)), { built: [aBuiltFile()] });
    expect([decidingCode(finding.checks), finding.seen.seen]).toEqual(["publish.files-empty", "not asked"]);
  });
});

describe("a version on a Python index, rehearsed", () => {
  it("PUB-06: passes as planned while a part of it is there with the built bytes", async () => {
    const finding = await judge(all(served(wheel)), { mode: "rehearsal" });
    expect(finding).toMatchObject({ standing: "planned", checks: [{ result: "pass" }] });
    expect(finding.checks[0]?.because).toContain("tide_table-1.1.0.tar.gz not yet");
  });

  it("PUB-06 F43: fails when a file is there with other bytes", async () => {
    const finding = await judge(all({ ...served(wheel), digests: { sha256: "9" } }), { mode: "rehearsal" });
    expect(decidingCode(finding.checks)).toBe("publish.exists-different");
  });
});
