import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it, type TestContext } from "vitest";
import { cargoRegistry } from "#src/adapters/cargo-registry";
import { goModules } from "#src/adapters/go-modules";
import { npmClient } from "#src/adapters/npm-client";
import { pythonPackages } from "#src/adapters/python-packages";
import { systemClock } from "#src/adapters/system-clock";
import { systemShell } from "#src/adapters/system-shell";
import type { ChannelLook, ServedFile } from "#src/ports/package-channel";
import { type KnownRelease, knownReleases } from "./known-releases.ts";
import { machineHas } from "./machine-client.ts";

const folder = mkdtempSync(join(tmpdir(), "public-"));
const shell = systemShell();
const place = { temp: folder, workspace: folder };
const channels = {
  npm: npmClient(shell, place),
  pypi: pythonPackages(shell, place, systemClock),
  cargo: cargoRegistry(shell, place),
  go: goModules(shell, place),
};

afterAll(() => rm(folder, { recursive: true, force: true }));

const titled = knownReleases().map(
  (known) => [`${known.kind} ${known.package} ${known.version} is ${known.seen}`, known] as const,
);
const there = titled.filter(([, { seen }]) => seen !== "absent");
const nowhere = titled.filter(([, { seen }]) => seen === "absent");

describe("a release that the public registries know", () => {
  it("has a digest here to be held against, in each ecosystem", () => {
    expect(there.every(([, { digests }]) => Object.keys(digests).length > 0)).toBe(true);
    expect(new Set(there.map(([, { kind }]) => kind))).toEqual(new Set(Object.keys(channels)));
  });

  it.for(there)("PUB-30: %s, with the digests of its day", async ([, known], test) => {
    const { version, pointers } = await lookAt(known, test);
    if (version.seen === "absent") await cannotTell("it is not there", known, test);
    if (version.seen !== "served" && version.seen !== "withdrawn") throw new Error(`found ${JSON.stringify(version)}`);
    expect(digestsOf(version.files, known)).toEqual(known.digests);
    expect(version.seen).toBe(known.seen);
    expect(pointers instanceof Map ? pointers.get("latest") : pointers.unknown).toMatch(/^\d+\.\d+/);
  });
});

describe("a version that nobody released", () => {
  it.for(nowhere)("PUB-31: %s, of a package that is known", async ([, known], test) => {
    expect(await lookAt(known, test)).toMatchObject({ version: { seen: "absent" }, known: true });
  });
});

async function lookAt(known: KnownRelease, test: TestContext): Promise<ChannelLook> {
  const look = await channels[known.kind].look({ name: known.package, version: known.version, files: [] });
  if (look.version.seen === "unknown") await cannotTell(look.version.because, known, test);
  return look;
}

/** A registry that cannot be reached proves nothing; one that the machine's own client does reach must be reached by a look. */
async function cannotTell(because: string, known: KnownRelease, test: TestContext): Promise<void> {
  if (known.seen !== "absent" && (await machineHas(shell, folder, known)))
    throw new Error(`expected what the client itself finds, found: ${because}`);
  test.skip(`cannot tell: ${because}`);
}

function digestsOf(files: ServedFile[], { digests: wanted }: KnownRelease): Record<string, string> {
  const [only] = files;
  const found =
    only?.name === null
      ? { ...only.digests }
      : Object.fromEntries(files.map(({ name, digests }) => [name, digests.sha256]));
  return Object.fromEntries(Object.keys(wanted).map((name) => [name, found[name] ?? "none"]));
}
