import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { checkoutFiles } from "#src/adapters/checkout-files";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "checkout-"));
  mkdirSync(join(folder, "reports/deep"), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("the files of a checkout", () => {
  it("are found by several globs, each once and by path, folders left out", async () => {
    writeFileSync(join(folder, "reports/b.xml"), "1");
    writeFileSync(join(folder, "reports/deep/a.xml"), "22");
    utimesSync(join(folder, "reports/b.xml"), 5, 5);
    const found = await checkoutFiles(folder).matching(["reports/**", "reports/*.xml"], 100);
    expect(found.map(({ path, size, regular }) => [path, size, regular])).toEqual([
      ["reports/b.xml", 1, true],
      ["reports/deep/a.xml", 2, true],
    ]);
    expect(found[0]).toMatchObject({ modified: 5_000, bytes: Buffer.from("1") });
  });

  it("are read up to the limit and not beyond", async () => {
    writeFileSync(join(folder, "a.xml"), "1234");
    expect((await checkoutFiles(folder).matching(["a.xml"], 4))[0]?.bytes).toEqual(Buffer.from("1234"));
    expect((await checkoutFiles(folder).matching(["a.xml"], 3))[0]).toMatchObject({ size: 4, bytes: undefined });
  });

  it("are not followed through links", async () => {
    writeFileSync(join(folder, "secret"), "1");
    symlinkSync(join(folder, "secret"), join(folder, "a.xml"));
    expect(await checkoutFiles(folder).matching(["*.xml"], 100)).toMatchObject([{ regular: false, bytes: undefined }]);
  });

  it("are none where nothing matches", async () => {
    expect(await checkoutFiles(folder).matching(["*.xml"], 100)).toEqual([]);
  });
});
