import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { cargoCredentials } from "#src/adapters/cargo-credentials";
import { systemShell } from "#src/adapters/system-shell";
import { cargoClient } from "../../rehearsal/registries/cargo-client.ts";
import { type CrateRegistry, startCrateRegistry } from "../../rehearsal/registries/crates.ts";

let folder: string;
let registry: CrateRegistry;
let journal: { method?: string; path?: string }[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "cargo-credentials-"));
  for (const name of ["temp", "workspace", "home/.cargo"]) mkdirSync(join(folder, name), { recursive: true });
});
afterEach(async () => {
  await registry.close();
  rmSync(folder, { recursive: true, force: true });
});

async function start(hidesOwners: boolean) {
  journal = [];
  registry = await startCrateRegistry({
    storage: join(folder, "registry"),
    clock: { now: () => new Date("2026-03-01T12:00:00Z") },
    journal: (line) => journal.push(line),
    hidesOwners,
  });
  writeFileSync(join(folder, "home/.cargo/config.toml"), registry.config);
}

function ask(token: string, variable = "TIDE_TOKEN") {
  const { PATH } = process.env;
  const rustup = process.env.RUSTUP_HOME ?? join(homedir(), ".rustup");
  const source = { PATH, HOME: join(folder, "home"), RUSTUP_HOME: rustup, [variable]: token };
  const place = { temp: join(folder, "temp"), workspace: join(folder, "workspace"), source };
  return cargoCredentials(systemShell(), place).credential({ name: "buoy", variable });
}

async function publish() {
  const project = join(folder, "buoy");
  mkdirSync(join(project, "src"), { recursive: true });
  const about =
    '[package]\nname = "buoy"\nversion = "1.0.0"\nedition = "2021"\ndescription = "A buoy"\nlicense = "MIT"\n';
  writeFileSync(join(project, "Cargo.toml"), about);
  writeFileSync(join(project, "src/lib.rs"), "");
  const publisher = await cargoClient(join(folder, "publisher"), registry);
  expect(await publisher(project, "publish", "--no-verify")).toMatchObject({ code: 0 });
}

describe("a token that the real cargo asks a private registry with", () => {
  it("PUB-01 F42: is known, refused, or of a scope that says nothing; nothing is written by asking", async () => {
    await start(true);
    await publish();
    const before = journal.length;
    expect(await ask(registry.token)).toMatchObject({ seen: "accepted", rights: "unknown" });
    expect(await ask("mistyped")).toEqual({ seen: "rejected", because: "cargo was answered HTTP 401" });
    expect(await ask(registry.narrowToken)).toEqual({ seen: "unknown", because: "cargo was answered HTTP 403" });
    expect(new Set(journal.slice(before).map(({ method }) => method))).toEqual(new Set(["GET"]));
  });

  it("PUB-01: is known although the crate is new, as a made-up one is refused, and absent where there is none", async () => {
    await start(true);
    expect(await ask(registry.token)).toMatchObject({ seen: "accepted" });
    expect(await ask("")).toEqual({ seen: "absent" });
  });
});

describe("a token that the real cargo asks an open registry with", () => {
  it("PUB-01 F42: is neither good nor bad, as everybody is told, of a crate that is there and of a new one", async () => {
    await start(false);
    const fresh = await ask("mistyped");
    expect(fresh).toMatchObject({ seen: "unknown", because: expect.stringContaining("does not know the crate yet") });
    await publish();
    expect(await ask("mistyped")).toMatchObject({ seen: "unknown", because: expect.stringContaining("everybody") });
    expect(await ask(registry.token)).toMatchObject({ seen: "unknown" });
  });

  it("PUB-01 ALL-08: is unknown when the registry answers 503", async () => {
    await start(false);
    registry.faults.unavailable();
    expect(await ask(registry.token)).toMatchObject({ seen: "unknown" });
  });
});
