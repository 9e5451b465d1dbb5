import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { cargoPackageInstall } from "#src/adapters/cargo-package-install";
import { systemShell } from "#src/adapters/system-shell";
import { throwawayWorkspaces } from "#src/adapters/throwaway-workspaces";
import { hexDigest } from "#src/domain/digest";
import type { Workspace } from "#src/ports/workspaces";
import { cargoClient } from "../../rehearsal/registries/cargo-client.ts";
import { type CrateRegistry, startCrateRegistry } from "../../rehearsal/registries/crates.ts";

const wanted = { name: "buoy", version: "1.1.0" };
const main = 'fn main() { println!("buoy {}", env!("CARGO_PKG_VERSION")); }\n';
const library = "pub fn depth() -> u32 { 7 }\n";
/** Leaves what a build script sees of the job where the test can read it. */
const curious = `fn main() {
    let home = std::env::var("CARGO_HOME").unwrap();
    let files = ["config.toml", "credentials.toml"].map(|name| std::fs::read_to_string(format!("{home}/{name}")).unwrap_or_default());
    let variables: Vec<String> = std::env::vars().map(|(name, value)| format!("{name}={value}")).collect();
    std::fs::write(format!("{home}/seen.txt"), format!("{}{}", files.concat(), variables.join("\\n"))).unwrap();
}
`;

let folder: string;
let registry: CrateRegistry;
let into: Workspace;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "cargo-install-"));
  for (const name of ["temp", "workspace", "home/.cargo"]) mkdirSync(join(folder, name), { recursive: true });
  registry = await startCrateRegistry({ storage: join(folder, "registry"), clock: { now: () => new Date() } });
  writeFileSync(join(folder, "home/.cargo/config.toml"), registry.config);
  writeFileSync(join(folder, "home/.cargo/credentials.toml"), '[registries.rehearsal]\ntoken = "sesame-file"\n');
  const places = { temp: join(folder, "temp"), workspace: join(folder, "workspace") };
  into = await throwawayWorkspaces(places, source()).open("buoy");
});
afterEach(async () => {
  await registry.close();
  await rm(folder, { recursive: true, force: true });
});

describe("a crate that the real cargo installs", () => {
  it("SMK-10: is a program out of exactly the crate that was downloaded, with its locked dependencies", async () => {
    await publish("0.9.0", "float", { "src/lib.rs": library });
    await publish("1.1.0", "buoy", { "src/main.rs": main }, '[dependencies]\nfloat = "0.9"\n');
    await publish("0.9.1", "float", { "src/lib.rs": "compile_error!();\n" });
    const archives = await downloaded();
    expect(archives.map(({ bytes }) => hexDigest("sha256", bytes))).toEqual([
      registry.packages().buoy?.["1.1.0"]?.sha256,
    ]);
    expect(await install().install(archives, wanted, into)).toMatchObject({
      ...wanted,
      resolved: "crates/buoy-1.1.0",
      programs: [{ name: "buoy", resolved: "cargo/bin/buoy" }],
      path: ["cargo/bin"],
    });
    expect((await run("cargo/bin/buoy")).output).toBe("buoy 1.1.0\n");
  });

  it("is a dependency of a project that builds without a registry, where it is a library", async () => {
    await publish("1.1.0", "buoy", { "src/lib.rs": library });
    const found = await install().install(await downloaded(), wanted, into);
    if ("trouble" in found) throw new Error(found.trouble.said);
    expect(found).toMatchObject({ ...wanted, programs: [] });
    const steps =
      "mkdir src; echo 'fn main() { println!(\"{}\", buoy::depth()); }' > src/main.rs; cargo run --offline --quiet";
    expect((await run(steps, found.variables)).output).toBe("7\n");
  });

  it("shows nothing of the registry's credentials to what is built", async () => {
    await publish("1.1.0", "buoy", { "src/main.rs": main, "build.rs": curious });
    const given = { ...source(), CARGO_REGISTRIES_REHEARSAL_TOKEN: "sesame-variable" };
    const client = cargoPackageInstall(systemShell(), given);
    const crate = await client.download(wanted, into);
    if ("trouble" in crate) throw new Error(crate.trouble.said);
    expect(await client.install(crate.archives, wanted, into)).toMatchObject(wanted);
    const seen = readFileSync(join(into.root, "cargo-home/seen.txt"), "utf8");
    expect(seen).toContain(registry.url);
    expect(seen).not.toContain("sesame");
  });

  it("F46: is what the given bytes say, whatever was asked for", async () => {
    await publish("1.0.0", "buoy", { "src/main.rs": main });
    const stale = await install().download({ name: "buoy", version: "1.0.0" }, into);
    if ("trouble" in stale) throw new Error(stale.trouble.said);
    expect(await install().install(stale.archives, wanted, into)).toHaveProperty("trouble");
  });

  it("ends in trouble with cargo's own words, where there is no such version or it does not build", async () => {
    const absent = await install().download(wanted, into);
    expect(absent).toMatchObject({
      trouble: { ended: "exit code 101", said: expect.stringContaining("could not find") },
    });
    await publish("1.1.0", "buoy", { "src/main.rs": "fn main() { undeclared() }\n" });
    const broken = await install().install(await downloaded(), wanted, into);
    expect(broken).toMatchObject({ trouble: { said: expect.stringContaining("undeclared") } });
    expect(existsSync(join(into.directory, "cargo/bin/buoy"))).toBe(false);
  });
});

const source = () => ({
  PATH: process.env.PATH,
  HOME: join(folder, "home"),
  RUSTUP_HOME: process.env.RUSTUP_HOME ?? join(homedir(), ".rustup"),
});

const install = () => cargoPackageInstall(systemShell(), source());

async function downloaded() {
  const found = await install().download(wanted, into);
  if ("trouble" in found) throw new Error(found.trouble.said);
  return found.archives;
}

function run(line: string, variables: Record<string, string> = {}) {
  const { directory, environment } = into;
  return systemShell().run({ line, directory, environment: { ...environment, ...variables }, timeout: 60_000 });
}

async function publish(version: string, name: string, files: Record<string, string>, more = ""): Promise<void> {
  const tree = join(folder, `${name}-${version}`);
  mkdirSync(join(tree, "src"), { recursive: true });
  const facts = `name = "${name}"\nversion = "${version}"\nedition = "2021"\nlicense = "MIT"\ndescription = "A crate."`;
  for (const [path, text] of Object.entries({ ...files, "Cargo.toml": `[package]\n${facts}\n${more}` }))
    writeFileSync(join(tree, path), text);
  chmodSync(tree, 0o755);
  const cargo = await cargoClient(join(folder, "publisher"), registry);
  const { stderr } = await cargo(tree, "publish", "--no-verify", "--allow-dirty");
  if (!registry.packages()[name]?.[version]) throw new Error(stderr);
}
