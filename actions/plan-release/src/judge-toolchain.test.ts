import { describe, expect, it } from "vitest";
import { toolchainSection } from "#src/contract/config/toolchain";
import { gatherToolchain } from "./gather-toolchain.ts";
import { judgeToolchain } from "./judge-toolchain.ts";

const tree = { "release/targets.json": '{"toolchain":{"rust":"1.88.0","node":22}}', ".python-version": "3.12.8\n" };
const files = { read: async (path: string) => Object.entries(tree).find(([name]) => name === path)?.[1] };
const gathered = (pins: object[] | undefined) => gatherToolchain(pins && toolchainSection.parse(pins), "c0ffee", files);
const rust = { id: "rust", run: "rustc --version" };

describe("the pinned tools of a plan", () => {
  it("BLD-06: are read at the commit, or stand in the configuration", async () => {
    const pins = [
      { ...rust, from: { file: "release/targets.json", pointer: "/toolchain/rust" } },
      { id: "python", run: "python3 --version", from: { file: ".python-version" }, kinds: ["wheel"] },
      { id: "maturin", run: "maturin --version", version: "1.7.*" },
    ];
    const facts = await gathered(pins);
    expect(facts).toEqual({
      schema: "seaworthy-toolchain/1",
      pins: [
        { ...rust, version: "1.88.0", kinds: null },
        { id: "python", run: "python3 --version", version: "3.12.8", kinds: ["wheel"] },
        { id: "maturin", run: "maturin --version", version: "1.7.*", kinds: null },
      ],
    });
    expect(judgeToolchain({ toolchain: facts })).toMatchObject([
      { result: "pass", because: "rust 1.88.0, python 3.12.8, maturin 1.7.*" },
    ]);
  });

  it.each([
    ["there is no such file", { file: "rust-toolchain" }, "no such file"],
    ["the pointer leads nowhere", { file: "release/targets.json", pointer: "/toolchain/go" }, "nothing there"],
    ["it leads to no text", { file: "release/targets.json", pointer: "/toolchain/node" }, "found 22"],
    ["the file holds more than a version", { file: "release/targets.json" }, "toolchain"],
  ])("BLD-06: block where %s", async (_what, from, found) => {
    const checks = judgeToolchain({ toolchain: await gathered([{ ...rust, from }]) });
    expect(checks).toMatchObject([{ result: "fail", code: "build.targets-invalid" }]);
    expect(checks[0]?.because).toContain(found);
  });

  it("ask nothing of a project that pins none", async () => {
    expect(judgeToolchain({ toolchain: await gathered(undefined) })).toEqual([]);
  });

  it.each([
    ["neither a version nor a place", rust],
    ["both", { ...rust, version: "1", from: { file: "a" } }],
  ])("BLD-06: are refused with %s", (_what, pin) => {
    expect(toolchainSection.safeParse([pin]).success).toBe(false);
  });
});
