import { mkdir, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { type Client, clientOf } from "./client-run.ts";
import type { CrateRegistry } from "./crates.ts";

/** Where rustup keeps its toolchains, wherever the home of a client is: beside the real one unless told otherwise. */
export function rustupHome(): string {
  return process.env.RUSTUP_HOME ?? join(homedir(), ".rustup");
}

/** The machine's cargo with its own empty home and configuration, so that nothing of the user's is read or written. */
export async function cargoClient(
  home: string,
  { config, token }: Pick<CrateRegistry, "config"> & { token?: string },
): Promise<Client> {
  await mkdir(home, { recursive: true });
  await writeFile(join(home, "config.toml"), config, { mode: 0o600 });
  return clientOf("cargo", {
    PATH: process.env.PATH ?? "",
    HOME: home,
    RUSTUP_HOME: rustupHome(),
    CARGO_HOME: home,
    CARGO_NET_RETRY: "0",
    ...(token ? { CARGO_REGISTRIES_REHEARSAL_TOKEN: token } : {}),
  });
}
