import { tmpdir } from "node:os";
import { describe, expect, it } from "vitest";
import { systemShell } from "#src/adapters/system-shell";
import type { Pin } from "#src/domain/toolchain";
import { askToolchain } from "./ask-toolchain.ts";

const job = { shell: systemShell(), directory: tmpdir(), environment: { PATH: process.env.PATH ?? "" } };
const aPin = (overrides: Partial<Pin>): Pin => ({
  ...{ id: "tool", run: "echo tool 1.88.0", version: "1.88.0", kinds: null },
  ...overrides,
});
const asking = (overrides: Partial<Pin>) => askToolchain([aPin(overrides)], "wheel", job);

describe("the pinned tools of a build job", () => {
  it.each<[what: string, pin: Partial<Pin>, code: string | undefined]>([
    ["BLD-06: has the pinned version", {}, undefined],
    ["BLD-06 F38: has some version of a pinned line", { run: "echo Python 3.12.8", version: "3.12.*" }, undefined],
    ["BLD-06: says it on its other output", { run: "echo tool v1.88.0 >&2" }, undefined],
    ["F38: is newer", { run: "echo Python 3.14.0", version: "3.12.*" }, "build.toolchain-mismatch"],
    ["BLD-06: has a version with one more digit", { run: "echo tool 1.88.01" }, "build.toolchain-mismatch"],
    ["F37: misreads the flag, and ends with an error", { run: "echo 1.88.0; exit 2" }, "build.toolchain-unknown"],
    ["BLD-06: is not there", { run: "no-such-tool-anywhere --version" }, "build.toolchain-unknown"],
    ["BLD-06: says nothing", { run: "true" }, "build.toolchain-unknown"],
  ])("%s", async (_what, pin, code) => {
    const { checks } = await asking(pin);
    expect(checks.map((check) => check.code)).toEqual([code]);
    expect(checks.every(({ required }) => required)).toBe(true);
  });

  it("BLD-06: are recorded as they really are, sorted, and in 200 characters each", async () => {
    const pins = [aPin({ id: "b", run: "printf '%0500d' 7", version: "7" }), aPin({ id: "a" })];
    const { toolchain } = await askToolchain(pins, "wheel", job);
    expect(toolchain).toEqual([
      { id: "a", version: "1.88.0", said: "tool 1.88.0" },
      { id: "b", version: "7", said: "0".repeat(200) },
    ]);
  });

  it("BLD-06: are not asked where they make other kinds of files", async () => {
    expect(await asking({ run: "exit 1", kinds: ["crate"] })).toEqual({ checks: [], toolchain: [] });
    expect((await asking({ run: "exit 1", kinds: ["crate", "wheel"] })).checks).toHaveLength(1);
  });
});
