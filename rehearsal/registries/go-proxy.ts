import * as semver from "semver";
import * as z from "zod";
import { readZip, writeZip } from "../artifacts/zip.ts";
import type { VirtualClock } from "../clock/clock.ts";
import { newVersions, type OriginModule } from "./go-origin.ts";
import { type ActiveRegistryFaults, type RegistryFaults, registryFaults } from "./registry-faults.ts";
import { type RegistryQuestion, type RegistryReply, startRegistryServer } from "./registry-server.ts";
import { type Kept, openShelf, type Shelf, type ShelfSnapshot } from "./registry-shelf.ts";

/** A proxy of Go modules on loopback, for the real go. What it has served once stays, as with the public one. */
export interface ModuleProxy {
  url: string;
  /** Variables of the go command: this proxy alone. There is no checksum database, so none is asked. */
  environment: Record<string, string>;
  /** Fetches every tag that its repositories have; otherwise a tag is fetched when its module is asked for. */
  fetchAll(): Promise<void>;
  /** What has been fetched, independent of faults. */
  packages(): ShelfSnapshot;
  faults: RegistryFaults;
  close(): Promise<void>;
}

/** Where the proxy keeps its files, which time it lives in, who hears of each request, and where modules come from. */
export interface ModuleProxyOptions {
  storage: string;
  clock: Pick<VirtualClock, "now">;
  journal?: (line: object) => void;
  modules: OriginModule[];
}

interface Proxy {
  shelf: Shelf;
  faults: ActiveRegistryFaults;
  now(): Date;
  modules: OriginModule[];
}

const told = z.strictObject({ time: z.string(), mod: z.string() });

/** Starts a proxy (Go Modules Reference, "GOPROXY protocol"). The same storage can be started again later. */
export async function startModuleProxy({ storage, clock, journal, modules }: ModuleProxyOptions): Promise<ModuleProxy> {
  const faults = registryFaults();
  const proxy = { shelf: openShelf(storage), faults, now: clock.now, modules };
  const answer = (question: RegistryQuestion) => answerFor(proxy, question);
  const { url, close } = await startRegistryServer({ clock, faults, journal, registry: "go", answer });
  return {
    url,
    environment: { GOPROXY: url, GOSUMDB: "off", GONOPROXY: "", GONOSUMDB: "", GOPRIVATE: "" },
    fetchAll: async () => {
      for (const module of modules) await fetchTags(proxy, module);
    },
    packages: () => proxy.shelf.snapshot(),
    faults: faults.faults,
    close,
  };
}

async function answerFor(proxy: Proxy, { method, path }: RegistryQuestion): Promise<RegistryReply> {
  const [, escaped = "", question = ""] = /^\/(.+)\/@(v\/.+|latest)$/.exec(path) ?? [];
  const module = proxy.modules.find((each) => each.path === unescaped(escaped));
  if (method !== "GET" || !module) return absent(path);
  await fetchTags(proxy, module);
  if (question === "v/list" || question === "latest") return answerList(proxy, module.path, question);
  const [, version = "", extension = ""] = /^v\/(.+)\.(info|mod|zip)$/.exec(question) ?? [];
  return answerVersion(proxy, { name: module.path, version: unescaped(version) }, extension);
}

/** Upper-case letters travel as `!` and the lower-case one. */
function unescaped(text: string): string {
  return decodeURIComponent(text).replace(/!([a-z])/g, (_all, letter: string) => letter.toUpperCase());
}

/** A version is published when the proxy hears of its tag: from then on it is kept, whatever becomes of the tag. */
async function fetchTags({ shelf, faults, now }: Proxy, module: OriginModule): Promise<void> {
  for (const { version, time, mod, zip } of await newVersions(module, shelf.versionsOf(module.path))) {
    const at = now();
    const [listedAt, servedAt] = [
      faults.shownFrom(at, "list").toISOString(),
      faults.shownFrom(at, "version").toISOString(),
    ];
    const kept = { name: module.path, version, publishedAt: at.toISOString(), listedAt, servedAt };
    shelf.put({ ...kept, told: JSON.stringify({ time, mod }) }, zip);
  }
}

function answerList({ shelf, faults, now }: Proxy, name: string, question: string): RegistryReply {
  const all = shelf.versionsOf(name);
  const at = faults.listTime(now()).toISOString();
  const listed = all.filter(({ listedAt }) => listedAt <= at);
  const fault = listed.length < all.length ? { fault: at < now().toISOString() ? "stale" : "lag" } : {};
  if (question === "v/list")
    return { code: 200, type: "text/plain", body: listed.map((each) => `${each.version}\n`).join(""), ...fault };
  const versions = listed.map(({ version }) => version);
  const newest = semver.maxSatisfying(versions, "*") ?? semver.rsort([...versions])[0];
  const latest = listed.find(({ version }) => version === newest);
  return latest ? { code: 200, body: infoOf(latest), ...fault } : { ...absent(name), ...fault };
}

function answerVersion(
  { shelf, faults, now }: Proxy,
  { name, version }: Pick<Kept, "name" | "version">,
  extension: string,
): RegistryReply {
  const found = shelf.versionsOf(name).find((each) => each.version === version);
  if (!found) return absent(`${name}@${version}`);
  if (now().toISOString() < found.servedAt) return { ...absent(`${name}@${version}`), fault: "lag" };
  if (faults.losesResponse()) return { code: 200, body: "", fault: "lost-response", lost: true };
  if (extension === "info") return { code: 200, body: infoOf(found) };
  if (extension === "mod") return { code: 200, type: "text/plain", body: told.parse(JSON.parse(found.told)).mod };
  const zip = shelf.bytesOf(found);
  const type = "application/zip";
  if (!faults.alters(name, version)) return { code: 200, type, body: zip };
  return { code: 200, type, body: altered(zip, `${name}@${version}`), fault: "other-bytes" };
}

function infoOf({ version, told: text }: Kept): string {
  return JSON.stringify({ Version: version, Time: told.parse(JSON.parse(text)).time });
}

function altered(zip: Buffer, spec: string): Buffer {
  const content = Buffer.from("These bytes were not built by the release.\n");
  return writeZip([...readZip(zip), { name: `${spec}/FOREIGN.txt`, content }]);
}

function absent(what: string): RegistryReply {
  return { code: 404, type: "text/plain", body: `not found: ${what}: unknown revision\n` };
}
