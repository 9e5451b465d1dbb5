import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import * as z from "zod";
import { type PypiIndex, startPypiIndex } from "./pypi.ts";
import { digestOf } from "./store.ts";

const MINUTE = 60_000;
const simpleJson = "application/vnd.pypi.simple.v1+json";
const listing = z.looseObject({
  versions: z.array(z.string()),
  files: z.array(
    z.looseObject({
      filename: z.string(),
      url: z.string(),
      hashes: z.object({ sha256: z.string() }),
      yanked: z.union([z.boolean(), z.string()]),
    }),
  ),
});
const project = { name: "tide_table", version: "1.1.0" };
const wheel = { filename: "tide_table-1.1.0-py3-none-any.whl", filetype: "bdist_wheel", bytes: Buffer.from("a wheel") };
const sdist = { filename: "tide_table-1.1.0.tar.gz", filetype: "sdist", bytes: Buffer.from("an sdist") };

let folder: string;
let index: PypiIndex;
let time: Date;
let journal: { path: string; code: number; fault?: string }[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "pypi-index-"));
  time = new Date("2026-03-01T12:00:00Z");
  journal = [];
  await start();
});

afterEach(async () => {
  await index.close();
  await rm(folder, { recursive: true, force: true });
});

describe("the Python index", () => {
  it("serves what was uploaded, in its list as JSON and as HTML, and in the answer about its version", async () => {
    expect([(await upload(wheel)).status, (await upload(sdist)).status]).toEqual([200, 200]);
    const { versions, files } = await list();
    expect(versions).toEqual(["1.1.0"]);
    expect(files.map(({ filename }) => filename)).toEqual([wheel.filename, sdist.filename]);
    const bytes = await fetch(new URL(files[0]?.url ?? "", index.url)).then((answer) => answer.arrayBuffer());
    expect(digestOf(Buffer.from(bytes))).toBe(digestOf(wheel.bytes));
    const page = await read("/simple/tide-table/").then((answer) => answer.text());
    expect(page).toContain(`#sha256=${digestOf(sdist.bytes)}">${sdist.filename}</a>`);
    expect((await read("/pypi/Tide.Table/1.1.0/json")).status).toBe(200);
    expect((await read("/pypi/tide-table/9.9.9/json")).status).toBe(404);
    expect((await read("/simple/other/")).status).toBe(404);
  });

  it("takes a file name once, and the same bytes again without a change", async () => {
    await upload(wheel);
    expect((await upload(wheel)).status).toBe(200);
    const other = await upload({ ...wheel, bytes: Buffer.from("another") });
    expect([other.status, await other.text()]).toEqual([400, "400 File already exists.\n"]);
    expect(Object.keys(index.projects()["tide-table"]?.["1.1.0"]?.files ?? {})).toEqual([wheel.filename]);
  });

  it.each([
    ["a stranger", { authorization: "Basic none" }, {}, 403],
    ["a digest that is not that of the file", {}, { sha256_digest: "0".repeat(64) }, 400],
    ["another protocol", {}, { protocol_version: "2" }, 400],
  ])("refuses an upload of %s", async (_whose, headers, fields, code) => {
    expect((await upload(wheel, { headers, fields })).status).toBe(code);
    expect(index.projects()).toEqual({});
  });

  it("marks a yanked version with the reason, and brings it back", async () => {
    await upload(wheel);
    index.yank("tide-table", "1.1.0", "leaks");
    expect((await list()).files.map(({ yanked }) => yanked)).toEqual(["leaks"]);
    expect(await read("/simple/tide-table/").then((answer) => answer.text())).toContain('data-yanked="leaks"');
    index.yank("tide-table", "1.1.0", null);
    expect((await list()).files.map(({ yanked }) => yanked)).toEqual([false]);
  });

  it("keeps everything over a restart", async () => {
    await upload(wheel);
    const before = index.projects();
    await index.close();
    await start();
    expect(index.projects()).toEqual(before);
    expect((await list()).files).toHaveLength(1);
  });
});

describe("the faults of the Python index", () => {
  it("let the list and the answer about a version lag apart", async () => {
    index.faults.lag({ list: 10, version: 2 });
    await upload(wheel);
    expect([(await read("/simple/tide-table/")).status, (await read("/pypi/tide-table/1.1.0/json")).status]).toEqual([
      404, 404,
    ]);
    pass(2);
    expect([(await read("/simple/tide-table/")).status, (await read("/pypi/tide-table/1.1.0/json")).status]).toEqual([
      404, 200,
    ]);
    pass(8);
    expect((await read("/simple/tide-table/")).status).toBe(200);
    expect(journal.filter(({ fault }) => fault === "lag")).toHaveLength(3);
  });

  it("name the instant until which nobody may ask", async () => {
    await upload(wheel);
    index.faults.limitedUntil(new Date("2026-03-01T12:05:00Z"));
    const answer = await read("/simple/tide-table/");
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([429, "Sun, 01 Mar 2026 12:05:00 GMT"]);
    pass(5);
    expect((await read("/simple/tide-table/")).status).toBe(200);
  });

  it("answer 503 so many times", async () => {
    await upload(wheel);
    index.faults.unavailable(1);
    expect([(await read("/simple/tide-table/")).status, (await read("/simple/tide-table/")).status]).toEqual([
      503, 200,
    ]);
  });

  it.each([
    ["announced", true],
    ["not announced", false],
  ])("serve other bytes, %s", async (_how, announced) => {
    await upload(wheel);
    index.faults.otherBytes(wheel.filename, announced);
    const [file] = (await list()).files;
    const bytes = await fetch(new URL(file?.url ?? "", index.url)).then((answer) => answer.arrayBuffer());
    expect(digestOf(Buffer.from(bytes))).not.toBe(digestOf(wheel.bytes));
    expect(digestOf(Buffer.from(bytes)) === file?.hashes.sha256).toBe(announced);
  });

  it("serve the list of before, without what was uploaded and yanked since", async () => {
    await upload(wheel);
    pass(1);
    index.faults.staleUntil(new Date("2026-03-01T12:10:00Z"));
    pass(1);
    await upload(sdist);
    index.yank("tide-table", "1.1.0", "leaks");
    expect((await list()).files.map(({ filename, yanked }) => [filename, yanked])).toEqual([[wheel.filename, false]]);
    pass(8);
    expect((await list()).files.map(({ yanked }) => yanked)).toEqual(["leaks", "leaks"]);
  });

  it("lose the answer to an upload that was taken", async () => {
    index.faults.loseResponse();
    await expect(upload(wheel)).rejects.toThrow();
    expect(index.projects()["tide-table"]?.["1.1.0"]?.files).toHaveProperty([wheel.filename]);
    expect((await upload(wheel)).status).toBe(200);
  });
});

describe("a Python index before another one", () => {
  it("sends readers there for projects that nobody uploaded here, and never for one that somebody did", async () => {
    await index.close();
    await start("http://127.0.0.1:9/simple");
    await upload(wheel);
    expect((await read("/simple/tide-table/")).status).toBe(200);
    const other = await fetch(`${index.url}/simple/sea-level/`, { redirect: "manual" });
    expect([other.status, other.headers.get("location")]).toEqual([307, "http://127.0.0.1:9/simple/sea-level/"]);
  });
});

async function start(others?: string) {
  const storage = join(folder, "storage");
  index = await startPypiIndex({
    storage,
    clock: { now: () => time },
    journal: (line) => journal.push(line),
    ...(others ? { others } : {}),
  });
}

function pass(minutes: number) {
  time = new Date(time.getTime() + minutes * MINUTE);
}

function read(path: string, accept = "text/html") {
  return fetch(`${index.url}${path}`, { headers: { accept } });
}

async function list() {
  return listing.parse(await read("/simple/tide-table/", simpleJson).then((answer) => answer.json()));
}

function upload(
  { filename, filetype, bytes }: typeof wheel,
  { headers = {}, fields = {} }: { headers?: Record<string, string>; fields?: Record<string, string> } = {},
) {
  const {
    TWINE_USERNAME: user,
    TWINE_PASSWORD: password,
    TWINE_REPOSITORY_URL: address = "",
  } = index.publishingEnvironment;
  const form = new FormData();
  const all = { ":action": "file_upload", protocol_version: "1", ...project, filetype, ...fields };
  for (const [name, value] of Object.entries(all)) form.set(name, value);
  form.set("content", new Blob([new Uint8Array(bytes)]), filename);
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
  return fetch(address, { method: "POST", headers: { authorization, ...headers }, body: form });
}
