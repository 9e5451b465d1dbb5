import { describe, expect, it } from "vitest";
import { canonicalJson } from "#src/domain/digest";
import { readTargets, type TargetReading } from "#src/domain/read-targets";
import { platformsOf, targetsOf } from "#src/domain/targets";

const linux = {
  triple: "x86_64-linux",
  sdk: "linux_amd64",
  node: "linux-x64",
  channels: { homebrew: "official", npm: "official", crates: "preview" },
};
const windows = {
  triple: "x86_64-windows",
  sdk: "windows_amd64",
  node: "win32-x64",
  channels: { homebrew: null, npm: "official", crates: null },
};
const document = { schema_version: 1, targets: [linux, windows] };
const reading: TargetReading = {
  id: "triple",
  platform: "sdk",
  columns: [
    { channel: "npm", key: "npm", platform: "node" },
    { channel: "registry", key: "crates", platform: "sdk" },
  ],
};

const complaintsAbout = (foreign: unknown, how = reading) => {
  const read = readTargets(foreign, how);
  return "complaints" in read ? read.complaints : [];
};

describe("the targets of a project", () => {
  it("BLD-06: name a channel's platforms in the channel's own words, and only where it is offered", () => {
    const read = readTargets(document, reading);
    if ("complaints" in read) throw new Error(read.complaints.join("; "));
    expect(platformsOf(read, "npm")).toEqual({ official: ["linux-x64", "win32-x64"], preview: [] });
    expect(platformsOf(read, "homebrew")).toEqual({ official: ["linux_amd64"], preview: [] });
    expect(platformsOf(read, "registry")).toEqual({ official: [], preview: ["linux_amd64"] });
    expect(platformsOf(read, "pypi")).toEqual({ official: [], preview: [] });
  });

  it.each([
    ["is none", "{}", "expected a list of targets"],
    ["is empty", { targets: [] }, "expected a list of targets"],
    ["is of another version", { ...document, schema_version: 2 }, "schema_version"],
    ["grades a channel by another word", { targets: [{ ...linux, channels: { npm: "maybe" } }] }, "targets.0.channels"],
    [
      "has two targets of one id",
      { targets: [linux, { ...windows, triple: linux.triple }] },
      "one target x86_64-linux",
    ],
    ["offers a platform twice", { targets: [linux, { ...linux, triple: "i686" }] }, "linux_amd64 for homebrew"],
    ["has a target without id", { targets: [linux, { ...windows, triple: 3 }] }, "triple of target 2"],
    ["lacks a platform", { targets: [linux, { ...windows, node: undefined }] }, "node of x86_64-windows for npm"],
  ])("BLD-06: are refused when the list %s", (_what, foreign, found) => {
    expect(complaintsAbout(foreign).join("; ")).toContain(found);
  });

  it("BLD-06: refuse a platform that the channel cannot take, and a column that no target has", () => {
    const columns = [
      { channel: "npm", key: "npm", platform: "node", within: ["linux-x64"] },
      { channel: "pypi", key: "wheels", platform: "sdk" },
    ];
    expect(complaintsAbout(document, { ...reading, columns })).toEqual([
      "expected a target with wheels among its channels (for pypi), found none",
      "expected x86_64-windows for npm to be one of linux-x64, found win32-x64",
    ]);
  });

  it("are read back from the plan, and never from another document", () => {
    const attached = (content: unknown) => ({
      attachments: new Map([["targets.json", new TextEncoder().encode(canonicalJson(content))]]),
    });
    const read = readTargets(document, reading);
    expect(targetsOf(attached(read))).toEqual(read);
    expect(targetsOf({ attachments: new Map() })).toBeUndefined();
    expect(() => targetsOf(attached({ targets: [] }))).toThrow(
      expect.objectContaining({ code: "all.evidence-mismatch" }),
    );
  });
});
