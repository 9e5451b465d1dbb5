import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { pythonPackages } from "#src/adapters/python-packages";
import { systemShell } from "#src/adapters/system-shell";
import { sdistOf, type TestDistribution, uploadDistribution, wheelOf } from "#src/testing/python-distributions";
import { type PypiIndex, startPypiIndex } from "../../rehearsal/registries/pypi/pypi.ts";

const run = promisify(execFile);
const project = { name: "tide_table", version: "1.1.0", code: "VERSION = '1.1.0'\n" };
const older = { ...project, version: "1.0.0" };
const wheel = wheelOf(project);
const sdist = sdistOf(project);

let folder: string;
let index: PypiIndex;
let time: Date;
let journal: { path: string; fault?: string }[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "python-packages-"));
  for (const name of ["temp", "workspace", "home", "storage"]) mkdirSync(join(folder, name));
  time = new Date("2026-03-01T12:00:00Z");
  journal = [];
  index = await startPypiIndex({
    storage: join(folder, "storage"),
    clock: { now: () => time },
    journal: (line) => journal.push(line),
  });
});

afterEach(async () => {
  await index.close();
  rmSync(folder, { recursive: true });
});

describe("a version that the index and the real pip are asked for", () => {
  it("PUB-30 PUB-37: is served with the bytes of its wheel and its sdist, and pip takes it as the newest", async () => {
    await publish(older, wheelOf(older));
    await publish(project, wheel, sdist);
    expect(await look()).toEqual({
      version: { seen: "served", files: [served(wheel), served(sdist)] },
      pointers: new Map([["latest", "1.1.0"]]),
      known: true,
      notes: { index: `${index.url}/simple/` },
    });
  });

  it("PUB-37 F43: is served with what there is, so that a wheel without its sdist is seen", async () => {
    await publish(project, wheel);
    expect((await look()).version).toEqual({ seen: "served", files: [served(wheel)] });
  });

  it("PUB-30: is served without anything of its source distribution being run", async () => {
    await publish(project, sdist);
    const { version, pointers } = await look();
    expect(version).toEqual({ seen: "served", files: [served(sdist)] });
    expect(pointers).toEqual(new Map([["latest", "1.1.0"]]));
  });

  it("PUB-30: is served from an index that has nothing but HTML", async () => {
    await publish(project, wheel);
    const html = await htmlOnly();
    expect((await look({ PIP_INDEX_URL: html.url })).version.seen).toBe("served");
    await html.close();
  });

  it("PUB-31: is absent, and the project unknown or known, when the index has no trace of it", async () => {
    expect(await look()).toMatchObject({ version: { seen: "absent" }, pointers: new Map(), known: false });
    await publish(older, wheelOf(older));
    expect(await look()).toMatchObject({
      version: { seen: "absent" },
      pointers: new Map([["latest", "1.0.0"]]),
      known: true,
    });
  });

  it("PUB-31: is accepted when the index tells of it before its list does, and absent before it tells anything", async () => {
    index.faults.lag({ list: 10, version: 1 });
    await publish(project, wheel);
    expect((await look()).version.seen).toBe("absent");
    pass(1);
    expect((await look()).version.seen).toBe("accepted");
    pass(9);
    expect((await look()).version.seen).toBe("served");
  });

  it("PUB-36: is withdrawn when it is yanked, with the reason and the bytes that are still served", async () => {
    await publish(project, wheel);
    index.yank("tide-table", "1.1.0", "leaks");
    expect((await look()).version).toEqual({
      seen: "withdrawn",
      files: [served(wheel)],
      because: `${wheel.filename} is yanked: leaks`,
    });
  });

  it("PUB-30: has other bytes when the index serves and announces others", async () => {
    await publish(project, wheel, sdist);
    index.faults.otherBytes(wheel.filename);
    const { version } = await look();
    expect(version.seen === "served" && version.files[0]?.digests.sha256).not.toBe(served(wheel).digests.sha256);
    expect(version).toMatchObject({ seen: "served", files: [{ name: wheel.filename }, served(sdist)] });
  });

  it("PUB-30: is corrupt when the index serves other bytes than it announces", async () => {
    await publish(project, wheel);
    index.faults.otherBytes(wheel.filename, false);
    expect((await look()).version.seen).toBe("corrupt");
  });

  it("ALL-08 F50: is unknown when the index answers 503, although pip says that there is none", async () => {
    await publish(project, wheel);
    index.faults.unavailable();
    const { version, pointers } = await look();
    expect(version).toEqual({ seen: "unknown", because: "the index answered HTTP 503" });
    expect(pointers).toHaveProperty("unknown");
  });

  it("PUB-31: is unknown until the exact instant that the index names with 429", async () => {
    await publish(project, wheel);
    const retryAt = new Date("2026-03-01T12:07:00Z");
    index.faults.limitedUntil(retryAt);
    expect(await look()).toMatchObject({ version: { seen: "unknown" }, retryAt });
    pass(7);
    expect((await look()).version.seen).toBe("served");
  });

  it("PUB-31 F46: is not there while the index serves a list of before", async () => {
    await publish(older, wheelOf(older));
    pass(1);
    index.faults.staleUntil(new Date("2026-03-01T12:30:00Z"));
    pass(1);
    await publish(project, wheel);
    expect((await look()).version.seen).toBe("accepted");
    pass(30);
    expect((await look()).version.seen).toBe("served");
  });

  it("ALL-08: is unknown when nobody listens, and when the answer is a page for people", async () => {
    expect((await look({ PIP_INDEX_URL: "http://127.0.0.1:9/simple/" })).version.seen).toBe("unknown");
    const page = await serve((_path, respond) => respond(200, "text/html", "<html>maintenance</html>"));
    expect((await look({ PIP_INDEX_URL: page.url })).version.seen).toBe("unknown");
    await page.close();
  });

  it("ALL-08: is unknown when Python has no spelling for it", async () => {
    const { version } = await channel({}).look({ name: "tide-table", version: "1.1.0-nightly.x", files: [] });
    expect(version.seen).toBe("unknown");
  });
});

describe("the real pip", () => {
  it("takes the index from the user's file, and a variable before it", async () => {
    await publish(project, wheel);
    const file = join(folder, "pip.conf");
    writeFileSync(file, `[global]\nindex-url = ${index.url}/simple/\n[install]\nfind-links = ${folder}\n`);
    expect((await look({ PIP_INDEX_URL: undefined, PIP_CONFIG_FILE: file })).version.seen).toBe("served");
    const elsewhere = { PIP_INDEX_URL: "http://127.0.0.1:9/simple/", PIP_CONFIG_FILE: file };
    expect((await look(elsewhere)).version.seen).toBe("unknown");
  });

  it("names its own default in its help, where nothing is configured", async () => {
    await publish(project, wheel);
    const pip = (await run("bash", ["-c", "command -v pip"])).stdout.trim();
    const help = `"${pip}" "$@" | sed 's#(default [^)]*)#(default ${index.url}/simple)#'`;
    const script = `#!/bin/sh\nif [ "$*" = "download --help" ]; then ${help}; else exec "${pip}" "$@"; fi\n`;
    writeFileSync(join(folder, "pip"), script, { mode: 0o755 });
    const PATH = `${folder}:${process.env.PATH}`;
    expect((await look({ PATH, PIP_INDEX_URL: undefined })).notes).toEqual({ index: `${index.url}/simple` });
  });

  it("asks no index where it is told to ask none", async () => {
    const { version } = await look({ PIP_NO_INDEX: "1" });
    expect(version).toMatchObject({ seen: "unknown", because: expect.stringContaining("no-index") });
  });

  it("PUB-31: takes nothing from a folder of packages on this machine", async () => {
    writeFileSync(join(folder, wheel.filename), wheel.bytes);
    expect((await look({ PIP_FIND_LINKS: folder })).version.seen).toBe("absent");
  });

  it("lends the login of the index's address to the index, and shows it to nobody", async () => {
    await publish(project, wheel);
    const seen: string[] = [];
    const front = await serve(async (path, respond, authorization) => {
      seen.push(authorization);
      const answer = await fetch(`${index.url}${path}`, { headers: { accept: "text/html" } });
      respond(answer.status, answer.headers.get("content-type") ?? "", Buffer.from(await answer.arrayBuffer()));
    });
    const address = new URL(front.url);
    Object.assign(address, { username: "octo", password: "sesame" });
    const found = await look({ PIP_INDEX_URL: address.href });
    expect(found.version.seen).toBe("served");
    expect(new Set(seen)).toEqual(new Set([`Basic ${Buffer.from("octo:sesame").toString("base64")}`]));
    expect(JSON.stringify(found)).not.toContain("sesame");
    await front.close();
  });

  it("PUB-31 F46: leaves nothing behind", async () => {
    await publish(project, wheel);
    await look();
    expect(readdirSync(join(folder, "temp"))).toEqual([]);
    expect(readdirSync(join(folder, "home"))).toEqual([]);
  });

  it("ALL-03: that is not installed is a missing tool, never an absence", async () => {
    const place = { temp: join(folder, "temp"), workspace: folder, source: {} };
    const packages = pythonPackages(systemShell({ path: folder }), place, { now: () => time });
    const looking = packages.look({ name: "tide-table", version: "1.1.0", files: [] });
    await expect(looking).rejects.toMatchObject({ code: "all.tool-missing" });
  });
});

describe("the real twine", () => {
  it("uploads to the embedded index, again without a change, and never other bytes under the same name", async () => {
    const files = [wheel, sdist].map(onDisk);
    await twine(...files);
    await twine(...files);
    expect(Object.keys(index.projects()["tide-table"]?.["1.1.0"]?.files ?? {})).toEqual([
      wheel.filename,
      sdist.filename,
    ]);
    const other = onDisk({ ...wheel, bytes: wheelOf({ ...project, code: "X = 1\n" }).bytes });
    await expect(twine(other)).rejects.toMatchObject({ stdout: expect.stringContaining("File already exists") });
    expect((await look()).version).toEqual({ seen: "served", files: [served(wheel), served(sdist)] });
  });

  it("F45: that lost the answer to an upload is told so, and may upload the same again", async () => {
    index.faults.loseResponse();
    await expect(twine(onDisk(wheel))).rejects.toThrow();
    expect(journal.at(-1)).toMatchObject({ fault: "lost-response" });
    expect((await look()).version.seen).toBe("served");
    await twine(onDisk(wheel));
  });
});

function onDisk({ filename, bytes }: TestDistribution): string {
  const path = join(folder, filename);
  writeFileSync(path, bytes);
  return path;
}

function twine(...files: string[]) {
  const env = { PATH: process.env.PATH, HOME: join(folder, "home"), LANG: "C.UTF-8", ...index.publishingEnvironment };
  return run("twine", ["upload", "--non-interactive", "--disable-progress-bar", ...files], { env });
}

async function publish(of: typeof project, ...distributions: TestDistribution[]): Promise<void> {
  for (const each of distributions) {
    const { status: code } = await uploadDistribution(each, of, index.publishingEnvironment);
    if (code !== 200) throw new Error(`expected the upload of ${each.filename} to be taken, found ${code}`);
  }
}

function channel(source: Record<string, string | undefined>) {
  const { PATH, HOME, PYENV_ROOT } = process.env;
  const own = { PYENV_ROOT: PYENV_ROOT ?? join(HOME ?? "", ".pyenv"), HOME: join(folder, "home") };
  const machine = { PATH, ...own, ...index.readingEnvironment, ...source };
  const place = { temp: join(folder, "temp"), workspace: join(folder, "workspace"), source: machine };
  return pythonPackages(systemShell(), place, { now: () => time });
}

function look(source: Record<string, string | undefined> = {}) {
  return channel(source).look({ name: "Tide.Table", version: "1.1.0", files: [] });
}

function pass(minutes: number) {
  time = new Date(time.getTime() + minutes * 60_000);
}

function served({ filename, bytes }: TestDistribution) {
  const digest = (algorithm: string) => createHash(algorithm).update(bytes).digest("hex");
  const digests = { sha256: digest("sha256"), sha512: digest("sha512") };
  return { name: filename, digests, size: bytes.byteLength };
}

type Respond = (code: number, type: string, body: string | Buffer) => void;

async function serve(answer: (path: string, respond: Respond, authorization: string) => unknown) {
  const server = createServer((request, response) => {
    const respond: Respond = (code, type, body) => response.writeHead(code, { "content-type": type }).end(body);
    answer(request.url ?? "", respond, request.headers.authorization ?? "");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const place = server.address();
  if (place === null || typeof place === "string") throw new Error("expected a port, found none");
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${place.port}/simple/`, close };
}

/** The same index without JSON. */
function htmlOnly() {
  return serve(async (path, respond) => {
    const answer = await fetch(`${index.url}${path}`, { headers: { accept: "text/html" } });
    respond(answer.status, answer.headers.get("content-type") ?? "", Buffer.from(await answer.arrayBuffer()));
  });
}
