import { mkdir, mkdtemp, readFile, realpath, rm } from "node:fs/promises";
import { join } from "node:path";
import type * as z from "zod";
import { whereAbsent } from "#src/adapters/error-code";
import { toolEnvironment } from "#src/adapters/tool-environment";
import { credentialAnswerSchema } from "#src/domain/credential-answer";
import { redact } from "#src/domain/log-excerpt";
import { parseJson } from "#src/domain/parse-json";
import { servedAnswerSchema } from "#src/domain/served-answer";
import { sameVersion } from "#src/domain/version-order";
import type { ChannelQuestion, CommandChannel } from "#src/ports/command-channel";
import type { ChannelLook, VersionSighting } from "#src/ports/package-channel";
import { copyFolder, type RepositoryCopy } from "#src/ports/repository-copy";
import type { Shell } from "#src/ports/shell";

/** What a look takes from the machine. */
export interface CommandPlace {
  shell: Shell;
  repository: RepositoryCopy;
  /** Folder for clean places, one a look. */
  temp: string;
  source?: Record<string, string | undefined>;
}

/** Asks a channel by the project's own command, each time in a fresh clone of the released commit and with an empty home. */
export function commandChannel(place: CommandPlace): CommandChannel {
  return {
    async look(question) {
      const answer = await answerTo(question, place, []);
      if ("trouble" in answer) return untold(answer.trouble);
      return readLook(answer.json, question.release.version);
    },
    async credential(question) {
      const answer = await answerTo(question, place, question.variables);
      return "trouble" in answer
        ? { credential: { seen: "unknown", because: answer.trouble } }
        : readCredential(answer.json);
    },
  };
}

type Answer = { json: unknown } | { trouble: string };

/** `secrets` are what the command was lent: it may say them, and what it says is kept. */
interface Surroundings {
  root: string;
  environment: Record<string, string>;
  shell: Shell;
  secrets: string[];
}

async function answerTo(
  question: ChannelQuestion,
  { shell, repository, temp, source = process.env }: CommandPlace,
  lent: string[],
): Promise<Answer> {
  const root = await realpath(await mkdtemp(join(temp, "seaworthy-channel-")));
  try {
    const [home, scratch] = [join(root, "home"), join(root, "tmp")];
    for (const folder of [home, scratch]) await mkdir(folder);
    const environment = toolEnvironment({ source, extra: { HOME: home, TMPDIR: scratch } });
    const cloned = await repository.clone(question.release.sha, { root, directory: root, home, environment });
    if ("trouble" in cloned) return { trouble: `the repository could not be cloned: ${cloned.trouble.ended}` };
    const extra = Object.fromEntries(lent.map((name) => [name, source[name] ?? ""]));
    const secrets = Object.values(extra).filter((secret) => secret !== "");
    return await run(question, { root, environment: { ...environment, ...extra }, shell, secrets });
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

/** What the command says besides its answer goes elsewhere, and its end is told where it fails. */
async function run(
  { run, timeout, release: { tag, version } }: ChannelQuestion,
  { root, environment, shell, secrets }: Surroundings,
): Promise<Answer> {
  const complaints = join(root, "complaints.txt");
  const execution = await shell.run({
    line: `exec 2>"$SEAWORTHY_COMPLAINTS"\n${run}`,
    directory: join(root, copyFolder),
    environment: { ...environment, RELEASE_TAG: tag, RELEASE_VERSION: version, SEAWORTHY_COMPLAINTS: complaints },
    timeout,
  });
  const { ending, exit } = execution;
  const [output, said] = [execution.output, await readFile(complaints, "utf8").catch(whereAbsent(""))].map((text) =>
    redact(text, secrets),
  );
  if (ending !== "exited") return { trouble: `the command was stopped: ${ending}` };
  if (exit !== 0) return { trouble: `the command ended with exit code ${exit}${lastWords(said ?? "")}` };
  return { json: parseJson(output ?? "") };
}

function readLook(json: unknown, version: string): ChannelLook {
  const parsed = servedAnswerSchema.safeParse(json);
  if (!parsed.success) {
    return untold(`expected one JSON object of what is served, found another answer (${complaintsOf(parsed.error)})`);
  }
  const { pointers, ...answer } = parsed.data;
  const notes: Record<string, string> = answer.version === null ? {} : { answered: answer.version };
  return { version: sightingOf(answer, version), pointers: new Map(Object.entries(pointers)), notes };
}

function readCredential(json: unknown): Awaited<ReturnType<CommandChannel["credential"]>> {
  const parsed = credentialAnswerSchema.safeParse(json);
  if (!parsed.success) {
    const because = `expected one JSON object about the credential, found another answer (${complaintsOf(parsed.error)})`;
    return { credential: { seen: "unknown", because } };
  }
  const { credential, because, undo } = parsed.data;
  const said = because.replace(/\s+/g, " ").slice(0, 200);
  const sightings = {
    ready: { seen: "accepted", as: `good, as the command says: ${said}`, rights: "unknown" },
    bad: { seen: "rejected", because: said },
    unknown: { seen: "unknown", because: said },
  } as const;
  return { credential: sightings[credential], ...(undo ? { undo } : {}) };
}

function complaintsOf({ issues }: z.ZodError): string {
  return issues.map(({ path, message }) => `${path.join(".") || "answer"}: ${message}`).join("; ");
}

function sightingOf(
  answer: Omit<ReturnType<typeof servedAnswerSchema.parse>, "pointers">,
  version: string,
): VersionSighting {
  if (answer.accepted) return { seen: "accepted", because: answer.accepted };
  if (answer.version === null || !sameVersion(answer.version, version)) return { seen: "absent" };
  const files = answer.files.map(({ name, sha256, size }) => ({ name, digests: { sha256 }, size }));
  return answer.withdrawn ? { seen: "withdrawn", files, because: answer.withdrawn } : { seen: "served", files };
}

function lastWords(said: string): string {
  const words = said.trim().split("\n").at(-1)?.trim().slice(0, 200) ?? "";
  return words === "" ? "" : `: ${words}`;
}

function untold(because: string): ChannelLook {
  return { version: { seen: "unknown", because }, pointers: { unknown: because } };
}
