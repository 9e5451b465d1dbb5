import { mkdir, stat } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import { type ClientPlace, inCleanPlace } from "#src/adapters/clean-place";
import { type GoAnswer, goAnswer } from "#src/adapters/go-answers";
import { goEnvironment } from "#src/adapters/go-environment";
import { Failure } from "#src/domain/failure";
import type { ChannelLook, PackageChannel, PointerSighting, VersionSighting } from "#src/ports/package-channel";
import type { Shell } from "#src/ports/shell";

/** Runs one go command; its arguments are names of variables, never texts of others. */
type Go = (line: string) => Promise<GoAnswer>;

const download = z.object({ Zip: z.string(), Sum: z.string().regex(/^h1:/) });
const listing = z.object({ Versions: z.array(z.string()).default([]), Retracted: z.array(z.string()).default([]) });
const query = z.object({ Version: z.string() });

/** Asks for modules as the go command is configured to, by that command itself, each time from a clean place with cold caches. */
export function goModules(shell: Shell, place: ClientPlace): PackageChannel {
  return {
    async look({ name, version }) {
      if (!(await shell.which("go"))) throw missing();
      return inCleanPlace(place, "go", async (folder) => {
        const directory = join(folder, "home");
        await mkdir(directory);
        const { source = process.env, patience = 60_000 } = place;
        const environment = { ...goEnvironment(folder, source), MODULE: name, VERSION: `v${version}` };
        return lookFrom(
          async (line) => goAnswer(await shell.run({ line, directory, environment, timeout: patience })),
          version,
        );
      });
    },
  };
}

async function lookFrom(go: Go, version: string): Promise<ChannelLook> {
  const downloaded = await go('go mod download -json -- "$MODULE@$VERSION"');
  const pointers = readLatest(await go('go list -m -json -- "$MODULE@latest"'));
  if ("unknown" in downloaded) return { version: { seen: "unknown", because: downloaded.unknown }, pointers };
  if ("corrupt" in downloaded) return { version: { seen: "corrupt", because: downloaded.corrupt }, pointers };
  if ("absent" in downloaded) return { ...(await unserved(go, version)), pointers };
  return { version: await served(go, downloaded.value), pointers };
}

/** A version that is listed before it is served was accepted; retractions are left out, as they would be read from such a version. */
async function unserved(go: Go, version: string): Promise<Omit<ChannelLook, "pointers">> {
  const listed = await go('go list -m -versions -retracted -json -- "$MODULE"');
  if ("absent" in listed) return { version: { seen: "absent" }, known: false };
  const { data } = listing.safeParse("value" in listed ? listed.value : undefined);
  if (!data) return { version: { seen: "unknown", because: wordsOf(listed) } };
  if (!data.Versions.includes(`v${version}`)) return { version: { seen: "absent" }, known: data.Versions.length > 0 };
  return { version: { seen: "accepted", because: `v${version} is listed, and is not served yet` }, known: true };
}

/** A newer version of a module may retract this one: it is served still, and chosen no longer. */
async function served(go: Go, value: unknown): Promise<VersionSighting> {
  const found = download.safeParse(value);
  if (!found.success) return { seen: "unknown", because: "expected a module's sum, found another answer" };
  const { Sum: registry, Zip } = found.data;
  const files = [{ name: null, digests: { registry }, size: (await stat(Zip)).size }];
  const listed = await go('go list -m -retracted -json -- "$MODULE@$VERSION"');
  const { data } = listing.safeParse("value" in listed ? listed.value : undefined);
  if (!data) return { seen: "unknown", because: wordsOf(listed) };
  return data.Retracted.length === 0
    ? { seen: "served", files }
    : { seen: "withdrawn", files, because: `retracted: ${data.Retracted.join("; ")}` };
}

function readLatest(answer: GoAnswer): PointerSighting {
  if ("absent" in answer) return new Map();
  const { data } = query.safeParse("value" in answer ? answer.value : undefined);
  return data ? new Map([["latest", data.Version.replace(/^v/, "")]]) : { unknown: wordsOf(answer) };
}

function wordsOf(answer: GoAnswer): string {
  if ("unknown" in answer) return answer.unknown;
  return "corrupt" in answer ? answer.corrupt : "expected an answer of the go command, found another one";
}

function missing(): Failure {
  return new Failure({
    kind: "input",
    code: "all.tool-missing",
    message: "expected go on PATH, found none",
    hint: "Install Go in the job before this step.",
  });
}
