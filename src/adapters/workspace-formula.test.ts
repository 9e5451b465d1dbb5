import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { workspaceFormula } from "#src/adapters/workspace-formula";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "formula-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("a formula in the checkout", () => {
  it("PUB-21: is read and written in place", async () => {
    writeFileSync(join(folder, "tide.rb"), "one");
    const file = workspaceFormula(folder);
    await file.write("tide.rb", "two");
    expect(await file.read("tide.rb")).toBe("two");
  });

  it("is none where there is no file, or a link to one", async () => {
    symlinkSync("/etc/hostname", join(folder, "link.rb"));
    const file = workspaceFormula(folder);
    expect([await file.read("tide.rb"), await file.read("link.rb")]).toEqual([undefined, undefined]);
  });
});
