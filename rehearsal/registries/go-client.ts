import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { type Client, clientOf } from "./client-run.ts";
import type { ModuleProxy } from "./go-proxy.ts";

/** The machine's go with its own empty home and caches, so that nothing of the user's is read or written. */
export async function goClient(home: string, { environment }: Pick<ModuleProxy, "environment">): Promise<Client> {
  await mkdir(home, { recursive: true });
  return clientOf("go", {
    PATH: process.env.PATH ?? "",
    HOME: home,
    GOPATH: join(home, "go"),
    GOCACHE: join(home, "cache"),
    GOENV: "off",
    // Modules are written read-only otherwise, and nobody could delete them.
    GOFLAGS: "-modcacherw",
    GOTOOLCHAIN: "local",
    ...environment,
  });
}
