import { randomBytes } from "node:crypto";
import { hexDigest } from "#src/domain/digest";
import type { VirtualClock } from "../clock/clock.ts";
import { alteredTarball } from "./altered-tarball.ts";
import { indexPath, readUpload } from "./crate-index.ts";
import { type ActiveRegistryFaults, type RegistryFaults, registryFaults } from "./registry-faults.ts";
import { type RegistryQuestion, type RegistryReply, startRegistryServer } from "./registry-server.ts";
import { type Kept, openShelf, type Shelf, type ShelfSnapshot } from "./registry-shelf.ts";

/** A registry of Rust crates on loopback that the real cargo reads, publishes to and yanks from. */
export interface CrateRegistry {
  url: string;
  /** Configuration for a CARGO_HOME: this registry by default, for dependencies too. */
  config: string;
  /** The same for what depends on crates of others: dependencies come from where cargo takes them without being told. */
  configBesideOthers: string;
  /** Lets its bearer publish and yank; reading needs none. */
  token: string;
  /** Lets its bearer publish what is there already, and nothing else, as a scope of a token may say. */
  narrowToken: string;
  /** What is published, independent of faults. */
  packages(): ShelfSnapshot;
  /** Yanks a version past every request, as its owner may do elsewhere. */
  yank(name: string, version: string): void;
  faults: RegistryFaults;
  close(): Promise<void>;
}

/** Where the registry keeps its files, which time it lives in, and who hears of each request. */
export interface CrateRegistryOptions {
  storage: string;
  clock: Pick<VirtualClock, "now">;
  journal?: (line: object) => void;
  /** Whether it tells the owners of a crate to who may know alone, as private registries do; the public one tells everybody. */
  hidesOwners?: boolean;
}

interface Crates {
  shelf: Shelf;
  faults: ActiveRegistryFaults;
  now(): Date;
  token: string;
  narrowToken: string;
  hidesOwners: boolean;
}

/** Starts a sparse index with its web API. The same storage can be started again later. */
export async function startCrateRegistry(options: CrateRegistryOptions): Promise<CrateRegistry> {
  const { storage, clock, journal, hidesOwners = false } = options;
  const faults = registryFaults();
  const [token, narrowToken] = [randomBytes(24).toString("hex"), randomBytes(24).toString("hex")];
  const crates = { shelf: openShelf(storage), faults, now: clock.now, token, narrowToken, hidesOwners };
  const answer = (question: RegistryQuestion) => answerFor(crates, question);
  const { url, close } = await startRegistryServer({ clock, faults, journal, registry: "crates", answer });
  return {
    url,
    config: configFor(url) + replacement,
    configBesideOthers: configFor(url),
    token,
    narrowToken,
    packages: () => crates.shelf.snapshot(),
    yank: (name, version) => {
      const { code, body } = yank(crates, { name, version }, true);
      if (code !== 200) throw new Error(`expected ${name} ${version} to yank, found ${body}`);
    },
    faults: faults.faults,
    close,
  };
}

const replacement = '[source.crates-io]\nreplace-with = "rehearsal"\n';

function configFor(url: string): string {
  return `[registry]\ndefault = "rehearsal"\n[registries.rehearsal]\nindex = "sparse+${url}/index/"\n`;
}

function answerFor(crates: Crates, question: RegistryQuestion): RegistryReply {
  const { method, path, headers } = question;
  const [, room, ...rest] = path.split("/");
  if (room === "index") return answerIndex(crates, rest.join("/"), headers.host ?? "");
  const [, , name = "", version = "", act] = rest;
  if (method === "GET" && act === "download") return answerDownload(crates, name, version);
  if (method === "GET" && version === "owners") return answerOwners(crates, name, headers.authorization);
  if (!mayWrite(crates, question)) return refuse(403, "must be logged in to perform that action");
  if (method === "PUT" && path === "/api/v1/crates/new") return accept(crates, question.body);
  if (method === "GET" && path === "/api/v1/me") return { code: 200, body: '{"user":{"login":"rehearsal"}}' };
  const yanks = (method === "DELETE" && act === "yank") || (method === "PUT" && act === "unyank");
  return yanks ? yank(crates, { name, version }, act === "yank") : refuse(404, `there is no ${method} ${path}`);
}

function mayWrite({ token, narrowToken }: Crates, { method, path, headers }: RegistryQuestion): boolean {
  const publishes = method === "PUT" && path === "/api/v1/crates/new";
  return headers.authorization === token || (publishes && headers.authorization === narrowToken);
}

/** The public registry tells everybody and looks at no token; a private one knows who asks, and what its token is for. */
function answerOwners({ shelf, token, narrowToken, hidesOwners }: Crates, name: string, asks = ""): RegistryReply {
  if (hidesOwners && asks === narrowToken) return refuse(403, "this token does not have the required permissions");
  if (hidesOwners && asks !== token) return refuse(401, "authentication failed");
  if (shelf.versionsOf(name).length === 0) return refuse(404, `crate \`${name}\` does not exist`);
  return { code: 200, body: JSON.stringify({ users: [{ id: 1, login: "rehearsal", name: "Rehearsal" }] }) };
}

function answerIndex(crates: Crates, path: string, host: string): RegistryReply {
  if (path === "config.json")
    return { code: 200, body: JSON.stringify({ dl: `http://${host}/api/v1/crates`, api: `http://${host}` }) };
  const all = crates.shelf.versionsOf(path.split("/").at(-1) ?? "").filter(({ name }) => indexPath(name) === path);
  const now = crates.faults.listTime(crates.now()).toISOString();
  const listed = all.filter(({ listedAt }) => listedAt <= now);
  const fault = faultOf({ all, listed }, now < crates.now().toISOString());
  if (listed.length === 0) return { ...refuse(404, `there is no ${path}`), ...fault };
  return { code: 200, type: "text/plain", body: listed.map((each) => lineOf(crates, each, now)).join(""), ...fault };
}

function faultOf({ all, listed }: { all: Kept[]; listed: Kept[] }, stale: boolean): { fault?: string } {
  if (listed.length < all.length) return { fault: stale ? "stale" : "lag" };
  return listed.some(({ withdrawnAt }) => withdrawnAt !== null) ? { fault: "yanked" } : {};
}

function lineOf({ shelf, faults }: Crates, version: Kept, now: string): string {
  const announced = faults.alters(version.name, version.version) === "announced";
  const cksum = announced ? hexDigest("sha256", altered(shelf.bytesOf(version), version)) : version.sha256;
  const yanked = version.withdrawnAt !== null && version.withdrawnAt <= now;
  return `${JSON.stringify({ ...JSON.parse(version.told), cksum, yanked })}\n`;
}

function answerDownload({ shelf, faults, now }: Crates, name: string, version: string): RegistryReply {
  const found = shelf.versionsOf(name).find((each) => each.version === version);
  if (!found) return refuse(404, `there is no ${name} ${version}`);
  if (now().toISOString() < found.servedAt) return { ...refuse(404, `there is no ${name} ${version}`), fault: "lag" };
  const bytes = shelf.bytesOf(found);
  const type = "application/gzip";
  return faults.alters(name, version)
    ? { code: 200, type, body: altered(bytes, found), fault: "other-bytes" }
    : { code: 200, type, body: bytes };
}

const altered = (bytes: Buffer, { name, version }: Kept) => alteredTarball(bytes, `${name}-${version}`).bytes;

function accept({ shelf, faults, now }: Crates, body: Buffer): RegistryReply {
  const { name, version, line, crate } = readUpload(body);
  if (shelf.versionsOf(name).some((each) => each.version === version))
    return refuse(400, `crate version \`${version}\` is already uploaded`);
  const at = now();
  const [listedAt, servedAt] = [
    faults.shownFrom(at, "list").toISOString(),
    faults.shownFrom(at, "version").toISOString(),
  ];
  shelf.put({ name, version, publishedAt: at.toISOString(), listedAt, servedAt, told: line }, crate);
  const reply = { code: 200, body: '{"warnings":{"invalid_categories":[],"invalid_badges":[],"other":[]}}' };
  return faults.losesResponse() ? { ...reply, fault: "lost-response", lost: true } : reply;
}

function yank({ shelf, now }: Crates, { name, version }: Pick<Kept, "name" | "version">, away: boolean): RegistryReply {
  const found = shelf.versionsOf(name).find((each) => each.version === version);
  if (!found) return refuse(404, `there is no ${name} ${version}`);
  shelf.withdraw(found, away ? now() : undefined);
  return { code: 200, body: '{"ok":true}' };
}

function refuse(code: number, detail: string): RegistryReply {
  return { code, body: JSON.stringify({ errors: [{ detail }] }) };
}
