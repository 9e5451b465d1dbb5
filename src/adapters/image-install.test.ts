import { mkdir, mkdtemp, readFile, readlink, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { imageInstall } from "#src/adapters/image-install";
import { systemShell } from "#src/adapters/system-shell";
import { digestOfBytes } from "#src/domain/digest";
import { fakeClock } from "#src/testing/fake-clock";
import { type PackedFile, tarOf } from "#src/testing/tarball";

const link = (path: string, to: string): PackedFile => ({ path, type: "2", link: to });
const architecture = process.arch === "x64" ? "amd64" : process.arch;

let root = "";
/** A folder of the machine, which no image may touch. */
let host = "";

beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), "image-install-")));
  host = join(root, "host");
  for (const folder of ["host", "workspace", "home"]) await mkdir(join(root, folder));
  await writeFile(join(host, "precious"), "keep\n");
});
afterEach(() => rm(root, { recursive: true, force: true }));

describe("SMK-10: the layers of an image", () => {
  it("leave a file of the machine alone that an upper layer writes through a link", async () => {
    await install([link("out", host)], [{ path: "out/precious", content: "planted" }]);
    expect(await readFile(join(host, "precious"), "utf8")).toBe("keep\n");
    expect(await inside(`${host.slice(1)}/precious`)).toBe("planted");
  });

  it.each([
    ["an absolute link", () => host],
    ["a relative link", () => "../../host"],
  ])("leave a file of the machine alone that an upper layer takes away through %s", async (_how, to) => {
    await install([link("out", to())], [{ path: "out/.wh.precious" }]);
    await install([link("out", to())], [{ path: "out/.wh..wh..opq" }]);
    expect(await readFile(join(host, "precious"), "utf8")).toBe("keep\n");
  });

  it.each([
    ["a file above the image", { path: "../../host/precious", content: "planted" }],
    ["a name taken away above the image", { path: "../../host/.wh.precious" }],
    ["the folder above taken away", { path: ".wh..." }],
    ["the folder itself taken away", { path: "host/.wh.." }],
  ])("are refused with %s", async (_what, entry) => {
    expect(await install([{ path: "host/a" }], [entry])).toHaveProperty("trouble");
    expect(await readFile(join(host, "precious"), "utf8")).toBe("keep\n");
  });

  it("are refused with links that lead round and round", async () => {
    const layers = [[link("a", "b"), link("b", "a")], [{ path: "a/file", content: "1" }]];
    expect(await install(...layers)).toHaveProperty("trouble");
  });

  it("meet below a link that leads to another folder of the image, as containers see it", async () => {
    await install(
      [{ path: "usr/bin/old", content: "1" }, link("bin", "/usr/bin")],
      [{ path: "bin/new", content: "2" }, { path: "bin/.wh.old" }],
    );
    expect([await inside("usr/bin/new"), await inside("bin/new"), await inside("usr/bin/old")]).toEqual([
      "2",
      "2",
      undefined,
    ]);
    expect(await readlink(join(root, "workspace/rootfs/bin"))).toBe("usr/bin");
  });

  it("replace a link by the folder that an upper layer brings in its place", async () => {
    await install(
      [{ path: "v1/tide", content: "1" }, link("app", "v1")],
      [
        { path: "app/", type: "5", mode: 0o755 },
        { path: "app/tide", content: "2" },
      ],
    );
    expect([await inside("v1/tide"), await inside("app/tide")]).toEqual(["1", "2"]);
  });

  it("replace a folder by a file, a file by a folder, and keep the bits of a program", async () => {
    await install(
      [
        { path: "a/b", content: "1" },
        { path: "c", content: "1" },
      ],
      [
        { path: "a", content: "2", mode: 0o755 },
        { path: "c/d", content: "2" },
      ],
    );
    expect([await inside("a"), await inside("c/d")]).toEqual(["2", "2"]);
  });
});

async function install(...layers: PackedFile[][]) {
  const packed = layers.map((files) => Buffer.from(tarOf(files)));
  const config = Buffer.from(JSON.stringify({ os: "linux", architecture, config: {} }));
  const described = (bytes: Buffer) => ({ digest: digestOfBytes(bytes), size: bytes.length });
  const manifest = { schemaVersion: 2, config: described(config), layers: packed.map(described) };
  const parts = [Buffer.from(JSON.stringify(manifest)), config, ...packed];
  return imageInstall({ shell: systemShell(), clock: fakeClock() }).install(
    parts.map((bytes) => ({ name: digestOfBytes(bytes), bytes })),
    { name: "tide", version: "1.1.0" },
    {
      root,
      directory: join(root, "workspace"),
      home: join(root, "home"),
      environment: { PATH: process.env.PATH ?? "" },
    },
  );
}

async function inside(path: string): Promise<string | undefined> {
  return readFile(join(root, "workspace/rootfs", path), "utf8").catch(() => undefined);
}
