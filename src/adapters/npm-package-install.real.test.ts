import { createHash } from "node:crypto";
import { mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { npmPackageInstall } from "#src/adapters/npm-package-install";
import { systemShell } from "#src/adapters/system-shell";
import { throwawayWorkspaces } from "#src/adapters/throwaway-workspaces";
import type { PackageInstall } from "#src/ports/package-install";
import { tarballOf } from "#src/testing/tarball";

const script = { path: "package/cli.js", content: "#!/usr/bin/env node\nconsole.log('buoy 1.1.0')\n", mode: 0o644 };
const optional = { peerDependencies: { sail: "^1" }, peerDependenciesMeta: { sail: { optional: true } } };
const leak = `node -e "require('fs').writeFileSync('seen',String(process.env.NODE_AUTH_TOKEN))"`;
const archive = tarballOf(
  {
    name: "buoy",
    version: "1.1.0",
    bin: "cli.js",
    dependencies: { rope: "1.0.0" },
    scripts: { install: leak },
    ...optional,
  },
  [script],
);
const sail = tarballOf({ name: "sail", version: "1.0.0", type: "module" }, [{ path: "package/index.js", content: "" }]);
const rope = tarballOf({ name: "rope", version: "1.0.0" });

/** A registry of two packages: packuments and archives, nothing else. */
const registry = createServer((request, response) => {
  const [, name = "", file] = (request.url ?? "").split("/");
  const bytes = { buoy: archive, rope, sail }[name];
  if (!bytes) return response.writeHead(404).end("{}");
  if (file) return response.end(bytes);
  const version = name === "buoy" ? "1.1.0" : "1.0.0";
  const integrity = `sha512-${createHash("sha512").update(bytes).digest("base64")}`;
  const dist = { tarball: `${origin()}/${name}/${name}.tgz`, integrity };
  const dependencies = name === "buoy" ? { rope: "1.0.0" } : {};
  return response.end(
    JSON.stringify({
      name,
      "dist-tags": { latest: version },
      versions: { [version]: { name, version, dist, dependencies, bin: name === "buoy" ? { buoy: "cli.js" } : {} } },
    }),
  );
});
function origin(): string {
  const address = registry.address();
  return address && typeof address === "object" ? `http://127.0.0.1:${address.port}` : "";
}

const wanted = { name: "buoy", version: "1.1.0" };
const served = (bytes: Uint8Array) => [{ name: "buoy-1.1.0.tgz", bytes }];

let folder: string;
let packages: PackageInstall;
const shell = systemShell();
const open = () => {
  const source = { PATH: process.env.PATH, HOME: folder };
  return throwawayWorkspaces({ temp: folder, workspace: folder }, source).open("npm");
};

beforeAll(async () => {
  await new Promise<void>((resolve) => registry.listen(0, "127.0.0.1", resolve));
  folder = await realpath(await mkdtemp(join(tmpdir(), "npm-install-")));
  await writeFile(join(folder, ".npmrc"), `registry=${origin()}/\nfetch-retries=0\n`);
  packages = npmPackageInstall(shell, { HOME: folder, NODE_AUTH_TOKEN: "the token" });
});
afterAll(async () => {
  registry.closeAllConnections();
  registry.close();
  await rm(folder, { recursive: true, force: true });
});

describe("the npm client, used as a stranger would", () => {
  it("downloads the served bytes and installs them with dependencies and programs, through its own configuration", async () => {
    const space = await open();
    const download = await packages.download(wanted, space);
    expect(download).toEqual({ archives: [{ name: "buoy-1.1.0.tgz", bytes: archive }] });

    expect(await packages.install(served(archive), wanted, space)).toEqual({
      name: "buoy",
      version: "1.1.0",
      resolved: "node_modules/buoy",
      within: ["node_modules/buoy"],
      programs: [{ name: "buoy", resolved: "node_modules/buoy/cli.js" }],
      path: ["node_modules/.bin"],
      backends: ["sail"],
      variables: {},
    });
    const ran = await shell.run({
      line: "node_modules/.bin/buoy; cat node_modules/buoy/seen",
      ...space,
      timeout: 10_000,
    });
    expect(ran.output).toBe("buoy 1.1.0\nundefined");
  });

  it("SMK-24 F39: brings an optional peer in the range that the package declares, and no other", async () => {
    const imported = async (backends: string[]) => {
      const space = await open();
      const outcome = await packages.install(served(archive), { ...wanted, backends }, space);
      const line = "node --input-type=module --eval 'await import(\"sail\")'";
      return [outcome, await shell.run({ ...space, line, timeout: 10_000 })] as const;
    };
    expect(await imported([])).toMatchObject([{ backends: ["sail"] }, { exit: 1 }]);
    expect(await imported(["sail"])).toMatchObject([{ ...wanted, backends: ["sail"] }, { exit: 0 }]);
    expect(await imported(["oars"])).toMatchObject([{ backends: ["sail"] }, { exit: 1 }]);
  });

  it("tells what npm said about a version that is not there", async () => {
    const answer = await packages.download({ name: "buoy", version: "9.9.9" }, await open());
    expect(answer).toMatchObject({ trouble: { ended: "exit code 1", said: expect.stringContaining("ETARGET") } });
  });

  it("tells what npm said about an archive that is none", async () => {
    const answer = await packages.install(served(Buffer.from("nonsense")), wanted, await open());
    expect(answer).toHaveProperty("trouble");
  });
});
