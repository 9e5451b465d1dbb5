import type { ChannelPolicy, UpdaterPolicy } from "#src/contract/config/channels";
import { milliseconds } from "#src/contract/config/fields";
import type { BuiltFile } from "#src/domain/build-manifest";
import type { Code } from "#src/domain/catalogue";
import { type ChecksumList, readChecksums } from "#src/domain/checksum-list";
import type { NamedRelease } from "#src/domain/release";
import type { BytesSighting, ServedBytes } from "#src/ports/served-bytes";
import { channelCheck, type Finding } from "./finding.ts";

/** Reads a built file that travelled with the build's evidence. */
export type Carried = (name: string) => string | undefined;

/** What an update of the program is held against. */
export interface UpdaterExpectation {
  channel: ChannelPolicy;
  updater: UpdaterPolicy;
  release: NamedRelease;
  files: BuiltFile[];
  carried: Carried;
}

interface Trouble {
  code: Code;
  because: string;
}

/** Adds to a channel's finding whether a program that updates itself would get, for each system, what was built and listed. */
export async function withUpdater(
  finding: Finding,
  expected: UpdaterExpectation,
  ports: { bytes: ServedBytes; server: string },
): Promise<Finding> {
  const { channel, updater } = expected;
  const list = listOf(expected);
  const listed = "code" in list ? [list] : updater.platforms.flatMap((one) => judgeEntry(one, list, expected));
  const troubles = listed.length > 0 || finding.standing !== "live" ? listed : await judgeServed(expected, ports);
  const check = channelCheck(channel, "updater", `Programs update themselves to the built bytes (${channel.id})`);
  const [deciding] = troubles.toSorted((a, b) => rank(a) - rank(b));
  if (!deciding) {
    const because = `${updater.platforms.join(", ")}, as ${updater.sums} lists them`;
    return { ...finding, checks: [...finding.checks, { ...check, result: "pass", because }] };
  }
  const because = troubles.map((trouble) => trouble.because).join("; ");
  const result = deciding.code === "publish.remote-unknown" ? "inconclusive" : "fail";
  const judged = { ...check, result, code: deciding.code, because } as const;
  return { ...finding, checks: [...finding.checks, judged] };
}

/** What stands for good decides before what time may change, and that before what could not be told. */
function rank({ code }: Trouble): number {
  const order: Code[] = ["publish.checksum-mismatch", "publish.checksum-missing", "publish.updater-asset-missing"];
  return (order.indexOf(code) + order.length + 1) % (order.length + 1);
}

function listOf({ updater: { sums }, carried }: UpdaterExpectation): ChecksumList | Trouble {
  const text = carried(sums);
  if (text === undefined)
    return { code: "publish.checksum-missing", because: `expected ${sums} among the built files, found none` };
  try {
    return readChecksums(text);
  } catch (thrown) {
    if (!(thrown instanceof RangeError)) throw thrown;
    return { code: "publish.checksum-missing", because: `${sums}: ${thrown.message}` };
  }
}

/** The list is what the updater trusts: it must tell the digest of exactly the built asset. */
function judgeEntry(platform: string, list: ChecksumList, expected: UpdaterExpectation): Trouble[] {
  const name = assetFor(platform, expected);
  const { sums } = expected.updater;
  const file = expected.files.find((one) => one.name === name);
  if (!file) {
    return [{ code: "publish.updater-asset-missing", because: `expected ${name} for ${platform}, found no such file` }];
  }
  const entry = list.get(name);
  if (entry === undefined)
    return [{ code: "publish.checksum-missing", because: `expected ${name} in ${sums}, found none` }];
  if (entry === file.sha256) return [];
  const because = `expected ${name} with ${file.sha256} in ${sums}, found ${entry}`;
  return [{ code: "publish.checksum-mismatch", because }];
}

/** Takes what an updater would take, by the same way: the list first, which must be there in its time, and then each asset. */
async function judgeServed(
  expected: UpdaterExpectation,
  { bytes, server }: { bytes: ServedBytes; server: string },
): Promise<Trouble[]> {
  const { updater, files } = expected;
  const names = [updater.sums, ...updater.platforms.map((platform) => assetFor(platform, expected))];
  const troubles: Trouble[] = [];
  for (const name of new Set(names)) {
    const patience = name === updater.sums ? milliseconds(updater.timeout) : undefined;
    const sighting = await bytes.look(addressOf(name, expected, server), patience);
    const built = files.find((file) => file.name === name)?.sha256;
    troubles.push(...judgeSighting(name, sighting, built));
  }
  return troubles;
}

function judgeSighting(name: string, sighting: BytesSighting, built: string | undefined): Trouble[] {
  if (sighting.seen === "unknown") return [{ code: "publish.remote-unknown", because: sighting.because }];
  if (sighting.seen === "absent") return [{ code: "publish.updater-asset-missing", because: sighting.because }];
  if (sighting.sha256 === built) return [];
  const because = `expected ${name} with ${built ?? "a digest of the build"}, found ${sighting.sha256}`;
  return [{ code: "publish.checksum-mismatch", because }];
}

function assetFor(platform: string, { updater, release }: UpdaterExpectation): string {
  return updater.asset.replaceAll("{platform}", platform).replaceAll("{version}", release.version);
}

function addressOf(name: string, { updater, release }: UpdaterExpectation, server: string): string {
  const { repository, tag, version } = release;
  const values = Object.entries({ repository, tag: encodeURIComponent(tag), version, name: encodeURIComponent(name) });
  const filled = values.reduce((text, [key, value]) => text.replaceAll(`{${key}}`, value), updater.url);
  return filled.replaceAll("{server}", server);
}
