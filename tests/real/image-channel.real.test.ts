import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { imageChannel } from "#src/adapters/image-channel";
import { systemShell } from "#src/adapters/system-shell";
import { aProgram } from "#src/testing/a-program";
import { aBuiltFile } from "#src/testing/build-builders";
import { digestOf } from "../../rehearsal/registries/oci/answer.ts";
import { type Pushed, pushImage, registryClient } from "../../rehearsal/registries/oci/client.testing.ts";
import { type OciRegistry, startOciRegistry } from "../../rehearsal/registries/oci/oci.ts";

const MINUTE = 60_000;
const image = "images.example.com/harbour/clock";
const name = "harbour/clock";

let folder: string;
let registry: OciRegistry;
let time: Date;
let source: Record<string, string>;
/** Milliseconds that pass whenever the registry looks at its clock. */
let pace: number;
let journal: { path: string }[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "image-channel-"));
  time = new Date("2026-03-01T12:00:00Z");
  pace = 0;
  journal = [];
  source = { HOME: folder, PATH: process.env.PATH ?? "", CONTAINERS_REGISTRIES_CONF: join(folder, "registries.conf") };
  await start();
});

afterEach(async () => {
  await registry.close();
  await rm(folder, { recursive: true, force: true });
});

describe("an image that the registry is asked for", () => {
  it("PUB-30: is served with its index and every platform, each by the digest of the bytes that came", async () => {
    const pushed = await push();
    const look = await lookFor(pushed);
    expect(look).toMatchObject({
      version: { seen: "served" },
      pointers: new Map([
        ["latest", "1.1.0"],
        ["1", "1.1.0"],
      ]),
      notes: { listed: "yes", referrers: "0" },
      known: true,
    });
    expect(servedBy(look)).toEqual([
      [null, pushed.index],
      ["linux/amd64", pushed.platforms["linux/amd64"]],
      ["linux/arm64", pushed.platforms["linux/arm64"]],
    ]);
  });

  it("PUB-30: of one platform alone is served under the platform that its configuration names", async () => {
    const { platforms } = await push();
    const digest = platforms["linux/arm64"] ?? "";
    const look = await lookFor({ index: digest, platforms: {} }, { tag: digest });
    expect(servedBy(look)).toEqual([["linux/arm64", digest]]);
  });

  it("PUB-31: is absent without any trace, of a name that is new or known", async () => {
    expect(await lookFor(never)).toMatchObject({ version: { seen: "absent" }, known: false });
    await push(["1.0.0", "latest"]);
    expect(await lookFor(never)).toMatchObject({
      version: { seen: "absent" },
      pointers: new Map([["latest", "1.0.0"]]),
      known: true,
    });
  });

  it("PUB-31: is accepted while its digest is there and its tag is not", async () => {
    registry.faults.lag({ read: 10 });
    const pushed = await push();
    expect(await lookFor(pushed)).toMatchObject({ version: { seen: "accepted" } });
    time = new Date(time.getTime() + 10 * MINUTE);
    expect(await lookFor(pushed)).toMatchObject({ version: { seen: "served" } });
  });

  it("PUB-31: is accepted while a layer of it is not served", async () => {
    const pushed = await push();
    const layer = digestOf(Buffer.from("arm64 files"));
    registry.faults.withdrawn(`${name}@${layer}`);
    const { version } = await lookFor(pushed);
    expect(version).toEqual({ seen: "accepted", because: `the image is there, and its part ${layer} is not` });
  });

  it("PUB-37: is served in part where the manifest of a platform is missing", async () => {
    const pushed = await push();
    registry.faults.withdrawn(`${name}@${pushed.platforms["linux/arm64"]}`);
    expect(servedBy(await lookFor(pushed)).map(([platform]) => platform)).toEqual([null, "linux/amd64"]);
  });

  it.each([
    ["a platform's manifest", (pushed: Pushed) => pushed.platforms["linux/arm64"] ?? ""],
    ["a layer", () => digestOf(Buffer.from("amd64 files"))],
  ])("PUB-30: is corrupt where %s has other bytes than its digest says", async (_what, altered) => {
    const pushed = await push();
    registry.faults.otherBytes(`${name}@${altered(pushed)}`);
    expect((await lookFor(pushed)).version).toMatchObject({ seen: "corrupt" });
  });

  it("PUB-30: is served with another digest where its tag names other bytes", async () => {
    const pushed = await push();
    registry.faults.otherBytes(`${name}:1.1.0`);
    const [[platform, digest] = []] = servedBy(await lookFor(pushed));
    expect([platform, digest === pushed.index]).toEqual([null, false]);
  });

  it("PUB-32: is told apart from the version that a moved floating tag names, and from an image without version", async () => {
    await push(["1.0.0"], { "linux/amd64": "older" });
    const stray = await push(["stray"], { "linux/amd64": "stray" });
    const pushed = await push();
    registry.faults.movedTag(`${name}:latest`, "1.0.0");
    registry.faults.movedTag(`${name}:1`, "stray");
    expect((await lookFor(pushed)).pointers).toEqual(
      new Map([
        ["latest", "1.0.0"],
        ["1", stray.index],
      ]),
    );
  });

  it("PUB-31: is noted as not listed while the list of tags is older", async () => {
    registry.faults.lag({ list: 5 });
    expect(await lookFor(await push())).toMatchObject({ version: { seen: "served" }, notes: { listed: "no" } });
  });

  it("PUB-31: is unknown at 503, and at 429 with the exact instant to ask again", async () => {
    const pushed = await push();
    registry.faults.unavailable();
    expect(await lookFor(pushed)).toMatchObject({
      version: { seen: "unknown" },
      pointers: { unknown: expect.any(String) },
    });
    registry.faults.clear();
    registry.faults.limitedUntil(new Date("2026-03-01T12:03:00Z"));
    const limited = await lookFor(pushed);
    expect(limited.version).toEqual({ seen: "unknown", because: "the registry answered HTTP 429 TOOMANYREQUESTS" });
    expect(limited.retryAt).toEqual(new Date("2026-03-01T12:03:00Z"));
  });

  it("PUB-31: is unknown where nobody answers", async () => {
    await registry.close();
    const { version } = await lookFor(never);
    expect(version).toMatchObject({ seen: "unknown", because: expect.stringContaining("no connection") });
  });
});

describe("the registry's door", () => {
  it("is opened with the login that config.json holds", async () => {
    await start({ isPrivate: true });
    const pushed = await push();
    const auth = Buffer.from(registry.credential).toString("base64");
    await writeLogin({ auths: { "https://images.example.com/v2/": { auth } } });
    expect((await lookFor(pushed)).version.seen).toBe("served");
  });

  it("is opened with the login of a credential helper", async () => {
    await start({ isPrivate: true });
    const pushed = await push();
    const [Username = "", Secret = ""] = registry.credential.split(":");
    const script = `#!/bin/sh\n[ "$(cat)" = images.example.com ] || exit 1\nprintf '%s' '${JSON.stringify({ Username, Secret })}'\n`;
    const programs = join(folder, "bin");
    await mkdir(programs);
    await aProgram(join(programs, "docker-credential-locker"), script);
    source.PATH = `${programs}${delimiter}${source.PATH}`;
    await writeLogin({ credsStore: "locker" });
    expect((await lookFor(pushed)).version.seen).toBe("served");
  });

  it("stays closed without a login, which tells nothing of what is behind it", async () => {
    await start({ isPrivate: true });
    expect((await lookFor(await push())).version).toEqual({
      seen: "unknown",
      because: "the registry answered HTTP 401 UNAUTHORIZED",
    });
  });

  it("stays closed with a wrong login", async () => {
    await start({ isPrivate: true });
    await writeLogin({ auths: { "images.example.com": { username: "rehearsal", password: "guess" } } });
    expect((await lookFor(await push())).version).toMatchObject({ seen: "unknown" });
  });

  it("is asked for a new token when the first runs out amid a look", async () => {
    const pushed = await push();
    pace = MINUTE;
    expect((await lookFor(pushed)).version.seen).toBe("served");
    expect(journal.filter(({ path }) => path.startsWith("/token")).length).toBeGreaterThan(3);
  });
});

const never: Pushed = { index: `sha256:${"0".repeat(64)}`, platforms: {} };

async function start(options: { isPrivate?: boolean } = {}): Promise<void> {
  await registry?.close();
  const storage = await mkdtemp(join(folder, "storage-"));
  registry = await startOciRegistry({
    storage,
    clock: { now: passing },
    journal: (line) => journal.push(line),
    ...options,
  });
  const location = `[[registry]]\nprefix = "images.example.com"\nlocation = "${registry.host}"\ninsecure = true\n`;
  await writeFile(join(folder, "registries.conf"), location);
}

function passing(): Date {
  time = new Date(time.getTime() + pace);
  return time;
}

function push(tags = ["1.1.0", "1", "latest"], layers: Record<string, string> = both): Promise<Pushed> {
  return pushImage(registryClient(registry.url, registry.credential), { name, tags, layers });
}

const both = { "linux/amd64": "amd64 files", "linux/arm64": "arm64 files" };

function channel() {
  const clock = { now: () => time, sleep: () => Promise.resolve() };
  return imageChannel({ shell: systemShell({ path: source.PATH }), clock, source });
}

function lookFor({ index, platforms }: Pushed, changes: { tag?: string } = {}) {
  const files = [index, ...Object.values(platforms)].map((digest) =>
    aBuiltFile({ name, kind: "image", sha256: digest.replace("sha256:", ""), registry: digest }),
  );
  return channel().look({ name: image, version: "1.1.0", files, floating: ["latest", "1"], ...changes });
}

function servedBy({ version }: Awaited<ReturnType<typeof lookFor>>) {
  if (version.seen !== "served") throw new Error(`expected an image, found ${JSON.stringify(version)}`);
  return version.files.map(({ platform, digests }) => [platform, digests.registry]);
}

async function writeLogin(configuration: object): Promise<void> {
  await mkdir(join(folder, ".docker"), { recursive: true });
  await writeFile(join(folder, ".docker/config.json"), JSON.stringify(configuration));
}
