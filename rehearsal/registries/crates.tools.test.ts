import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { cargoClient } from "./cargo-client.ts";
import type { Client, ClientRun } from "./client-run.ts";
import { type CrateRegistry, startCrateRegistry } from "./crates.ts";

const MINUTE = 60_000;

let folder: string;
let registry: CrateRegistry;
let cargo: Client;
let time: Date;
let journal: object[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "crates-"));
  time = new Date("2026-03-01T12:00:00Z");
  journal = [];
  await start();
  cargo = await cargoClient(join(folder, "publisher"), registry);
});

afterEach(async () => {
  await registry.close();
  await rm(folder, { recursive: true, force: true });
});

describe("the registry of crates", () => {
  it("publishes, shows and serves a crate with the real cargo, and refuses a version a second time", async () => {
    expect(await publish("1.0.0")).toMatchObject({ code: 0 });
    expect(await info("1.0.0")).toMatchObject({ code: 0, stdout: expect.stringContaining("version: 1.0.0") });
    expect((await publish("1.0.0")).stderr).toContain("already exists");
    expect((await info("1.1.0")).stderr).toContain("could not find");
  });

  it("lets anyone read and only its token publish and yank", async () => {
    await publish("1.0.0");
    cargo = await cargoClient(join(folder, "forger"), { config: registry.config, token: "forged" });
    expect((await publish("1.1.0")).stderr).toContain("403");
    expect((await yank("1.0.0")).stderr).toContain("403");
    expect(registry.packages()).toEqual({ buoy: { "1.0.0": { sha256: expect.any(String), withdrawn: false } } });
  });

  it("serves what was published after a restart", async () => {
    await publish("1.0.0");
    const before = registry.packages();
    await registry.close();
    await start();
    expect(registry.packages()).toEqual(before);
    expect(await info("1.0.0")).toMatchObject({ code: 0 });
  });

  it("publishes a crate that depends on another one, and resolves both", async () => {
    await publish("1.0.0");
    await publish("2.0.0", "dinghy", '[dependencies]\nfloat = { package = "buoy", version = "1" }\n');
    const { stderr, code } = await lock("dinghy", "=2.0.0");
    expect([code, stderr]).toEqual([0, expect.stringContaining("Locking 2 packages")]);
  });

  it("offers a yanked version to nobody who asks anew", async () => {
    await publish("1.0.0");
    expect(await yank("1.0.0")).toMatchObject({ code: 0 });
    expect((await lock("buoy", "=1.0.0")).stderr).toContain("version 1.0.0 is yanked");
    expect(await yank("1.0.0", "--undo")).toMatchObject({ code: 0 });
    expect(await lock("buoy", "=1.0.0")).toMatchObject({ code: 0 });
  });
});

describe("a registry of crates with faults", () => {
  beforeEach(async () => {
    await publish("1.0.0");
  });

  it("lists a version whose crate lags, and serves it when the lag is over", async () => {
    registry.faults.lag(10, "version");
    await publish("1.1.0");
    time = new Date(time.getTime() + 10 * MINUTE - 1);
    expect((await info("1.1.0")).stderr).toMatch(/download.* got 404/s);
    expect(journal.at(-1)).toMatchObject({ fault: "lag" });
    time = new Date(time.getTime() + 1);
    expect(await info("1.1.0")).toMatchObject({ code: 0 });
  });

  it("answers for its index as of the instant since which it is stale", async () => {
    registry.faults.stale(time);
    time = new Date(time.getTime() + MINUTE);
    await yank("1.0.0");
    expect(await lock("buoy", "=1.0.0")).toMatchObject({ code: 0 });
    registry.faults.clear();
    expect((await lock("buoy", "=1.0.0")).code).not.toBe(0);
  });

  it("answers 503 so many times, and 429 until exactly the instant that it names", async () => {
    registry.faults.unavailable(1);
    expect((await info("1.0.0")).stderr).toContain("got 503");
    registry.faults.limited(new Date(time.getTime() + MINUTE));
    time = new Date(time.getTime() + MINUTE - 1);
    expect((await info("1.0.0")).stderr).toContain("try again after Sun, 01 Mar 2026 12:01:00 GMT");
    time = new Date(time.getTime() + 1);
    expect(await info("1.0.0")).toMatchObject({ code: 0 });
  });

  it("serves other bytes under their own digest, which cargo takes, or under that of the built ones, which it refuses", async () => {
    registry.faults.otherBytes("buoy@1.0.0");
    expect(await info("1.0.0")).toMatchObject({ code: 0 });
    expect(journal.at(-1)).toMatchObject({ fault: "other-bytes" });
    registry.faults.otherBytes("buoy@1.0.0", "unannounced");
    expect((await info("1.0.0")).stderr).toContain("failed to verify the checksum");
  });

  it("accepts an upload whose response is lost", async () => {
    registry.faults.loseResponse();
    expect((await publish("1.1.0")).code).not.toBe(0);
    expect(await info("1.1.0")).toMatchObject({ code: 0 });
  });
});

async function start() {
  registry = await startCrateRegistry({
    storage: join(folder, "registry"),
    clock: { now: () => time },
    journal: (line) => journal.push(line),
  });
}

async function publish(version: string, name = "buoy", more = ""): Promise<ClientRun> {
  const tree = join(folder, `${name}-${version}`);
  await mkdir(join(tree, "src"), { recursive: true });
  const facts = `name = "${name}"\nversion = "${version}"\nedition = "2021"\nlicense = "MIT"\ndescription = "A crate."`;
  await writeFile(join(tree, "Cargo.toml"), `[package]\n${facts}\n${more}`);
  await writeFile(join(tree, "src/lib.rs"), "");
  return cargo(tree, "publish", "--no-verify", "--allow-dirty");
}

async function yank(version: string, ...more: string[]): Promise<ClientRun> {
  return cargo(folder, "yank", "--registry=rehearsal", `buoy@${version}`, ...more);
}

/** Asks as a stranger would, with a home of its own. */
async function info(version: string): Promise<ClientRun> {
  return (await stranger())(folder, "info", `buoy@${version}`);
}

/** Chooses versions as a stranger's project would. */
async function lock(name: string, version: string): Promise<ClientRun> {
  const tree = await mkdtemp(join(folder, "project-"));
  await mkdir(join(tree, "src"));
  await writeFile(join(tree, "src/lib.rs"), "");
  await writeFile(
    join(tree, "Cargo.toml"),
    `[package]\nname = "project"\nedition = "2021"\n[dependencies]\n${name} = "${version}"\n`,
  );
  return (await stranger())(tree, "generate-lockfile");
}

async function stranger(): Promise<Client> {
  return cargoClient(await mkdtemp(join(folder, "stranger-")), { config: registry.config });
}
