import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { imageInstall } from "#src/adapters/image-install";
import { systemShell } from "#src/adapters/system-shell";
import { throwawayWorkspaces } from "#src/adapters/throwaway-workspaces";
import { imageParts } from "#src/domain/image-archives";
import type { PackageArchive } from "#src/ports/package-install";
import type { Workspace } from "#src/ports/workspaces";
import { fakeClock } from "#src/testing/fake-clock";
import { digestOf } from "../../rehearsal/registries/oci/answer.ts";
import { pushImage, registryClient, type TestImage } from "../../rehearsal/registries/oci/client.testing.ts";
import { type OciRegistry, startOciRegistry } from "../../rehearsal/registries/oci/oci.ts";

const name = "images.example.com/harbour/clock";
const wanted = { name, version: "1.1.0", tag: "v1.1.0" };
const architecture = process.arch === "x64" ? "amd64" : process.arch;

let folder: string;
let registry: OciRegistry;
let source: Record<string, string>;
let into: Workspace;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "image-install-"));
  registry = await startOciRegistry({ storage: join(folder, "storage"), clock: { now: () => new Date() } });
  const file = join(folder, "registries.conf");
  writeFileSync(file, `[[registry]]\nprefix = "images.example.com"\nlocation = "${registry.host}"\ninsecure = true\n`);
  source = { HOME: folder, PATH: process.env.PATH ?? "", CONTAINERS_REGISTRIES_CONF: file };
  into = await throwawayWorkspaces({ temp: folder, workspace: folder }, source).open("image");
});

afterEach(async () => {
  await registry.close();
  rmSync(folder, { recursive: true, force: true });
});

describe("an image that is unpacked", () => {
  it("SMK-10: holds the files of all its layers, for this machine's platform", async () => {
    await push([layer({ "etc/hours": "8-18\n" }), layer({ "usr/bin/clock": "#!/bin/sh\necho noon\n" }, ["-z"])]);
    expect(await install()).toEqual({
      ...{ name, version: "1.1.0", resolved: "rootfs", within: ["rootfs"], programs: [], variables: {} },
      path: expect.arrayContaining(["rootfs/usr/bin"]),
    });
    expect([inside("etc/hours"), inside("usr/bin/clock")]).toEqual(["8-18\n", "#!/bin/sh\necho noon\n"]);
  });

  it("lacks what an upper layer takes away", async () => {
    const lower = layer({ "etc/hours": "8-18\n", "etc/days": "all\n", "data/old/a": "a", "data/old/b": "b" });
    const upper = layer({ "etc/.wh.hours": "", "data/old/.wh..wh..opq": "", "data/old/c": "c" });
    await push([lower, upper]);
    await install();
    expect([inside("etc/hours"), inside("etc/days"), inside("data/old/a")]).toEqual([undefined, "all\n", undefined]);
    expect([inside("data/old/c"), inside("etc/.wh.hours")]).toEqual(["c", undefined]);
  });

  it("SMK-05: has the version that its own label tells", async () => {
    await push([layer({ a: "a" })], { labels: { "org.opencontainers.image.version": "1.0.9" } });
    expect(await install()).toMatchObject({ version: "1.0.9" });
  });

  it("comes out of a layout as out of a registry", async () => {
    await push([layer({ a: "a" })]);
    const { archives } = await downloaded();
    const content = new Map(archives.map((one) => [one.name, one.bytes]));
    const manifest = archives[0]?.registry ?? "";
    expect(imageParts(manifest, (digest) => content.get(digest)).map((part) => part.name)).toEqual(
      archives.map((one) => one.name),
    );
  });

  it("SMK-10: is refused with other bytes, without a layer, and for another machine", async () => {
    await push([layer({ a: "a" })]);
    const { archives } = await downloaded();
    const [manifest, ...parts] = archives;
    if (!manifest) throw new Error("expected a manifest");
    const swapped = parts.map((part, index) => (index === 0 ? part : { ...part, bytes: layer({ a: "another" }) }));
    expect(await client().install([manifest, ...swapped], wanted, into)).toHaveProperty("trouble");
    expect(inside("a")).toBeUndefined();
    expect(await client().install([manifest, ...parts.slice(0, -1)], wanted, into)).toHaveProperty("trouble");
    expect(await client().install([manifest], wanted, into)).toHaveProperty("trouble");
  });

  it("SMK-07: is trouble where the registry does not have it, has it for others only, or is down", async () => {
    expect(await client().download(wanted, into)).toMatchObject({
      trouble: { said: expect.stringContaining("UNKNOWN") },
    });
    await push([layer({ a: "a" })], { platform: "linux/s390x" });
    expect(await client().download(wanted, into)).toMatchObject({
      trouble: { said: expect.stringContaining(`no image for linux/${architecture}`) },
    });
    registry.faults.unavailable();
    expect(await client().download(wanted, into)).toMatchObject({ trouble: { said: expect.stringContaining("503") } });
  });
});

const client = () => imageInstall({ shell: systemShell(), clock: fakeClock() }, source);

async function downloaded(): Promise<{ archives: PackageArchive[] }> {
  const answer = await client().download(wanted, into);
  if ("trouble" in answer) throw new Error(answer.trouble.said);
  return answer;
}

async function install() {
  return client().install((await downloaded()).archives, wanted, into);
}

function inside(path: string): string | undefined {
  const file = join(into.directory, "rootfs", path);
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

function layer(files: Record<string, string>, options: string[] = []): Buffer {
  const tree = mkdtempSync(join(folder, "layer-"));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(tree, path, ".."), { recursive: true });
    writeFileSync(join(tree, path), text);
  }
  return execFileSync("tar", ["-c", ...options, "-f", "-", "-C", tree, "."]);
}

async function push(layers: Buffer[], others: Pick<TestImage, "labels"> & { platform?: string } = {}): Promise<void> {
  const { platform = `linux/${architecture}`, labels } = others;
  const ask = registryClient(registry.url, registry.credential);
  const image = { name: "harbour/clock", tags: ["v1.1.0"], layers: { [platform]: layers } };
  const { index } = await pushImage(ask, { ...image, ...(labels ? { labels } : {}) });
  expect(index).toBe(digestOf(Buffer.from(await (await ask("/v2/harbour/clock/manifests/v1.1.0")).arrayBuffer())));
}
