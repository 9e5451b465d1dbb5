import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { pythonUploads } from "#src/adapters/python-uploads";
import { systemShell } from "#src/adapters/system-shell";
import { aProgram } from "#src/testing/a-program";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "python-uploads-"));
});

afterEach(() => rmSync(folder, { recursive: true }));

describe("a client that uploads to Python indexes", () => {
  it("PUB-01 F42: says nothing about a token, as no index does", async () => {
    const { credential } = pythonUploads(systemShell(), { temp: folder });
    expect(await credential({ name: "tide", variable: "TWINE_PASSWORD" })).toMatchObject({ seen: "unknown" });
  });

  it.each([
    ["twine", "twine version 6.1.0 (keyring: 25.6.0, packaging: 24.2)", "6.1.0"],
    ["uv", "uv 0.4.16 (a1b2c3d 2024-09-24)", "0.4.16"],
    ["uv", "something else 1.2.3", undefined],
  ])("PUB-02 BLD-17: tells the version of %s from %j", async (program, words, version) => {
    await aProgram(join(folder, "bin", program), `#!/bin/sh\necho '${words}'\n`);
    expect(await asked(program)).toBe(version);
  });

  it("PUB-02 ALL-08: tells no version where it fails, is not there, or nobody named it", async () => {
    await aProgram(join(folder, "bin", "uv"), "#!/bin/sh\necho 'uv 0.9.0'; exit 1\n");
    expect(await asked("uv")).toBeUndefined();
    expect(await asked("no-such-client")).toBeUndefined();
    expect(await asked(undefined)).toBeUndefined();
  });
});

function asked(program: string | undefined) {
  const path = [join(folder, "bin"), process.env.PATH].join(delimiter);
  return pythonUploads(systemShell({ path }), { temp: folder, source: { PATH: path } }).version(program);
}
