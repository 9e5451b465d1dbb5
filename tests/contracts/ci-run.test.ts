import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";
import { root } from "../root.ts";

it.each([[["--without", "tools"]], [["--without"]], [["cases"]], [["--without", "cases", "--without", "tools"]]])(
  "CI on one machine refuses to leave out what %j asks for, and starts nothing",
  (args) => {
    const { status: code, stdout, stderr } = spawnSync("bash", [join(root, ".ci/run"), ...args], { encoding: "utf8" });
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toBe(`expected nothing or --without cases, found: ${args.join(" ")}\n`);
  },
);
