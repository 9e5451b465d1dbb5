import { randomBytes } from "node:crypto";
import { mkdir, rm } from "node:fs/promises";
import type { Server } from "node:http";
import { join } from "node:path";
import { runServer } from "verdaccio";
import * as z from "zod";
import { listenOnLoopback } from "../clock/loopback.ts";
import type { MachineRegistry } from "./machine-registry.ts";

/** A running verdaccio that nobody but our proxy talks to. */
export interface Verdaccio {
  url: string;
  /** Lets its bearer publish; reading needs none. */
  token: string;
  close(): Promise<void>;
}

const created = z.object({ token: z.string().min(1) });

/** Where packages that are not released here may be read from. `own` names those that are: they are never asked for there. */
export interface Uplink extends MachineRegistry {
  own: string[];
}

/** Starts verdaccio in this process, without web pages, logging to a file beside its packages. */
export async function startVerdaccio(folder: string, uplink?: Uplink): Promise<Verdaccio> {
  await mkdir(join(folder, "packages"), { recursive: true });
  // The one account is made anew at each start, so no password has to survive on disk.
  await rm(join(folder, "htpasswd"), { force: true });
  const configPath = join(folder, "config.yaml");
  const server: Server = await runServer({
    configPath,
    // Verdaccio 6 resolves relative paths by this older key, which its types no longer know.
    ...{ self_path: configPath },
    storage: join(folder, "packages"),
    auth: { htpasswd: { file: join(folder, "htpasswd"), algorithm: "bcrypt", rounds: 4 } },
    ...sources(uplink),
    middlewares: {},
    web: { enable: false },
    log: { type: "file", path: join(folder, "verdaccio.log"), format: "json", level: "info" },
    max_body_size: "200mb",
  });
  const { url, close } = await listenOnLoopback(server);
  return { url, token: await createAccount(url), close };
}

function sources(uplink: Uplink | undefined) {
  const own = { access: "$all", publish: "$authenticated", unpublish: "$authenticated" };
  if (!uplink) return { uplinks: {}, packages: { "**": own } };
  const { url, ca } = uplink;
  return {
    // Verdaccio would rest after two failures and then say that nothing exists.
    uplinks: { machine: { url, max_fails: Number.MAX_SAFE_INTEGER, ...(ca === undefined ? {} : { ca }) } },
    packages: {
      ...Object.fromEntries(uplink.own.map((name) => [name, own])),
      "**": { access: "$all", proxy: "machine" },
    },
  };
}

async function createAccount(url: string): Promise<string> {
  const account = { name: "rehearsal", password: randomBytes(24).toString("hex") };
  const response = await fetch(`${url}/-/user/org.couchdb.user:${account.name}`, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(account),
  });
  if (response.status !== 201) throw new Error(`expected verdaccio to create an account, found ${response.status}.`);
  return created.parse(await response.json()).token;
}
