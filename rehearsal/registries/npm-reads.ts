import type { IncomingHttpHeaders } from "node:http";
import { alteredTarball } from "./altered-tarball.ts";
import type { ActiveFaults } from "./npm-faults.ts";
import { type NpmRoute, npmRoute } from "./npm-route.ts";
import { type Manifest, manifest, onlyVisible, type Packument, packument, withTimes } from "./packument.ts";
import type { PublishTimes } from "./publish-times.ts";
import { type Answer, ask } from "./upstream.ts";

/** What the proxy needs to answer a read. */
export interface Reading {
  origin: string;
  faults: ActiveFaults;
  times: PublishTimes;
  now(): Date;
  /** Says why the registry behind this one gives no answer; undefined where there is none, or where it answers. */
  unreachable?(name: string): Promise<string | undefined>;
}

/** An answer, and the fault that shaped it. */
export interface FaultyAnswer extends Answer {
  fault?: "lag" | "unavailable" | "other-bytes";
}

interface Read {
  path: string;
  method: string;
  headers: IncomingHttpHeaders;
}

/** Answers a read as verdaccio does, changed only by what the faults demand. */
export async function answerRead(reading: Reading, read: Read): Promise<FaultyAnswer> {
  if (reading.faults.refusesRead()) return { ...json(503, { error: "service unavailable" }), fault: "unavailable" };
  const route = npmRoute(read.path);
  const whole = await ask(reading.origin, { ...read, method: "GET" });
  if (route.kind === "other") return whole;
  if (whole.code !== 200) return (await withoutUplink(reading, route.name)) ?? whole;
  return answerPackage(reading, route, whole, read);
}

/** A package that could not be asked for is not one that does not exist. */
async function withoutUplink({ unreachable }: Reading, name: string): Promise<Answer | undefined> {
  const because = await unreachable?.(name);
  return because === undefined
    ? undefined
    : json(502, { error: `${name}: the registry of this machine's npm client could not be reached: ${because}` });
}

async function answerPackage(
  reading: Reading,
  route: Exclude<NpmRoute, { kind: "other" }>,
  whole: Answer,
  read: Read,
): Promise<FaultyAnswer> {
  const visible = (version: string) => reading.times.isVisible(route.name, version, reading.now());
  switch (route.kind) {
    case "packument":
      return packumentAnswer(reading, packument.parse(JSON.parse(whole.body.toString())), visible);
    case "tarball":
      return tarballAnswer(reading, route, whole, visible);
    case "dist-tags":
    case "version":
      return fromPackument(reading, route, read.headers);
  }
}

async function packumentAnswer(
  reading: Reading,
  whole: Packument,
  visible: (version: string) => boolean,
): Promise<FaultyAnswer> {
  const shown = withTimes(onlyVisible(whole, visible), reading.times.of(whole.name));
  const hidden = Object.keys(whole.versions).length - Object.keys(shown.versions).length;
  if (hidden > 0 && Object.keys(shown.versions).length === 0)
    return { ...notFound("no such package available"), fault: "lag" };
  const altered = Object.values(shown.versions).filter(({ version }) => reading.faults.alters(whole.name, version));
  for (const each of altered) shown.versions[each.version] = await alteredManifest(reading, each);
  const fault = hidden > 0 ? "lag" : altered.length > 0 ? "other-bytes" : undefined;
  return { ...json(200, shown), ...(fault && { fault }) };
}

function tarballAnswer(
  reading: Reading,
  { name, version }: { name: string; version: string },
  whole: Answer,
  visible: (version: string) => boolean,
): FaultyAnswer {
  if (!visible(version)) return { ...notFound("no such file available"), fault: "lag" };
  if (!reading.faults.alters(name, version)) return whole;
  const { bytes } = alteredTarball(whole.body);
  return { code: 200, headers: { "content-type": "application/octet-stream" }, body: bytes, fault: "other-bytes" };
}

/** One version and the tags are read from the same changed document, so that they can never contradict it. */
async function fromPackument(
  reading: Reading,
  route: Extract<NpmRoute, { kind: "version" | "dist-tags" }>,
  headers: IncomingHttpHeaders,
): Promise<FaultyAnswer> {
  const path = `/${route.name.replace("/", "%2f")}`;
  const answer = await answerRead(
    { ...reading, faults: { ...reading.faults, refusesRead: () => false } },
    { path, method: "GET", headers: { ...headers, accept: "application/json" } },
  );
  if (answer.code !== 200) return answer;
  const shown = packument.parse(JSON.parse(answer.body.toString()));
  const fault = answer.fault && { fault: answer.fault };
  if (route.kind === "dist-tags") return { ...json(200, shown["dist-tags"]), ...fault };
  const found = shown.versions[shown["dist-tags"][route.wanted] ?? route.wanted];
  return found
    ? { ...json(200, found), ...fault }
    : { ...notFound(`this version doesn't exist: ${route.wanted}`), ...fault };
}

async function alteredManifest(reading: Reading, original: Manifest): Promise<Manifest> {
  const { pathname } = new URL(original.dist.tarball);
  const { body } = await ask(reading.origin, { method: "GET", path: pathname, headers: {} });
  const { shasum, integrity } = alteredTarball(body);
  return manifest.parse({ ...original, dist: { ...original.dist, shasum, integrity } });
}

const notFound = (error: string) => json(404, { error });

function json(code: number, value: unknown): Answer {
  return { code, headers: { "content-type": "application/json" }, body: Buffer.from(JSON.stringify(value)) };
}
