import { mkdir, mkdtemp, readFile, realpath, rm } from "node:fs/promises";
import { join } from "node:path";
import { whereAbsent } from "#src/adapters/error-code";
import { toolEnvironment } from "#src/adapters/tool-environment";
import { parseJson } from "#src/domain/parse-json";
import { servedAnswerSchema } from "#src/domain/served-answer";
import type { ChannelQuestion, CommandChannel } from "#src/ports/command-channel";
import type { ChannelLook, VersionSighting } from "#src/ports/package-channel";
import { copyFolder, type RepositoryCopy } from "#src/ports/repository-copy";
import type { Execution, Shell } from "#src/ports/shell";

/** What a look takes from the machine. */
export interface CommandPlace {
  shell: Shell;
  repository: RepositoryCopy;
  /** Folder for clean places, one a look. */
  temp: string;
  source?: Record<string, string | undefined>;
}

/** Asks a channel by the project's own command, each time in a fresh clone of the released commit and with an empty home. */
export function commandChannel({ shell, repository, temp, source = process.env }: CommandPlace): CommandChannel {
  return {
    async look(question) {
      const root = await realpath(await mkdtemp(join(temp, "seaworthy-channel-")));
      try {
        const [home, scratch] = [join(root, "home"), join(root, "tmp")];
        for (const folder of [home, scratch]) await mkdir(folder);
        const environment = toolEnvironment({ source, extra: { HOME: home, TMPDIR: scratch } });
        const cloned = await repository.clone(question.release.sha, { root, directory: root, home, environment });
        if ("trouble" in cloned) return untold(`the repository could not be cloned: ${cloned.trouble.ended}`);
        return await run(question, { root, environment, shell });
      } finally {
        await rm(root, { recursive: true, force: true });
      }
    },
  };
}

/** What the command says besides its answer goes elsewhere, and its end is told where it fails. */
async function run(
  { run, timeout, release: { tag, version } }: ChannelQuestion,
  { root, environment, shell }: { root: string; environment: Record<string, string>; shell: Shell },
): Promise<ChannelLook> {
  const complaints = join(root, "complaints.txt");
  const execution = await shell.run({
    line: `exec 2>"$SEAWORTHY_COMPLAINTS"\n${run}`,
    directory: join(root, copyFolder),
    environment: { ...environment, RELEASE_TAG: tag, RELEASE_VERSION: version, SEAWORTHY_COMPLAINTS: complaints },
    timeout,
  });
  const said = await readFile(complaints, "utf8").catch(whereAbsent(""));
  return readExecution(execution, version, said);
}

function readExecution({ ending, exit, output }: Execution, version: string, said: string): ChannelLook {
  if (ending !== "exited") return untold(`the command was stopped: ${ending}`);
  if (exit !== 0) return untold(`the command ended with exit code ${exit}${lastWords(said)}`);
  const parsed = servedAnswerSchema.safeParse(parseJson(output));
  if (!parsed.success) {
    const where = parsed.error.issues.map(({ path, message }) => `${path.join(".") || "answer"}: ${message}`);
    return untold(`expected one JSON object of what is served, found another answer (${where.join("; ")})`);
  }
  const { pointers, ...answer } = parsed.data;
  const notes: Record<string, string> = answer.version === null ? {} : { answered: answer.version };
  return { version: sightingOf(answer, version), pointers: new Map(Object.entries(pointers)), notes };
}

function sightingOf(
  answer: Omit<ReturnType<typeof servedAnswerSchema.parse>, "pointers">,
  version: string,
): VersionSighting {
  if (answer.accepted) return { seen: "accepted", because: answer.accepted };
  if (answer.version !== version) return { seen: "absent" };
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
