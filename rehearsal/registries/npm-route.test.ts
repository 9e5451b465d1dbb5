import { describe, expect, it } from "vitest";
import { npmRoute } from "./npm-route.ts";

describe("the route of a registry request", () => {
  it.each([
    ["/@example%2ftide-table", { kind: "packument", name: "@example/tide-table" }],
    ["/buoy?write=true", { kind: "packument", name: "buoy" }],
    ["/@example/tide-table/1.0.0", { kind: "version", name: "@example/tide-table", wanted: "1.0.0" }],
    ["/buoy/latest", { kind: "version", name: "buoy", wanted: "latest" }],
    [
      "/@example/tide-table/-/tide-table-1.0.0-rc.1.tgz",
      { kind: "tarball", name: "@example/tide-table", version: "1.0.0-rc.1" },
    ],
    ["/buoy/-/buoy-2.0.0.tgz", { kind: "tarball", name: "buoy", version: "2.0.0" }],
    ["/buoy/-/other-2.0.0.tgz", { kind: "other" }],
    ["/-/package/@example%2ftide-table/dist-tags", { kind: "dist-tags", name: "@example/tide-table" }],
    ["/-/whoami", { kind: "other" }],
    ["/", { kind: "other" }],
  ])("of %s is found", (path, expected) => {
    expect(npmRoute(path)).toEqual(expected);
  });
});
