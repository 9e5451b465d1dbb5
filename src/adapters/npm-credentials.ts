import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import { type NpmCommand, type NpmPlace, npmCommandIn } from "#src/adapters/npm-command";
import { Failure } from "#src/domain/failure";
import { parseJson } from "#src/domain/parse-json";
import type { CredentialSighting, PublishingClient } from "#src/ports/publishing-client";
import type { Execution, Shell } from "#src/ports/shell";

const failed = z.object({ error: z.object({ code: z.string(), summary: z.string().default("") }) });
const collaborators = z.record(z.string(), z.string());

/** Asks with the npm client who the job is on the registry, and what it may do; it never uploads, and never changes anything. */
export function npmCredentials(shell: Shell, place: NpmPlace): PublishingClient {
  const within = async <Answer>(lent: string[], ask: (npm: NpmCommand) => Promise<Answer>): Promise<Answer> => {
    if (!(await shell.which("npm"))) throw missing();
    const folder = await mkdtemp(join(place.temp, "seaworthy-npm-"));
    try {
      return await ask(await npmCommandIn(folder, shell, { ...place, lent }));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  };
  return {
    credential: ({ name, variable }) => within([variable], (npm) => lookAtCredential(npm, name)),
    version: () =>
      within([], async (npm) => {
        const { exit, output } = await npm("npm --version");
        return exit === 0 ? /^\d+\.\d+\.\d+\S*$/m.exec(output.trim())?.[0] : undefined;
      }),
  };
}

async function lookAtCredential(npm: NpmCommand, name: string): Promise<CredentialSighting> {
  const who = await npm("npm whoami");
  const user = z.string().min(1).safeParse(parseJson(who.output));
  if (who.exit !== 0 || !user.success) return troubleOf(who);
  const listed = await npm('npm access list collaborators "$NAME" "$USER_NAME"', { NAME: name, USER_NAME: user.data });
  return { seen: "accepted", as: user.data, rights: rightsOf(listed, user.data) };
}

/** Who may write is told of packages that are there, by registries that know of rights at all; else nobody can tell. */
function rightsOf({ exit, output }: Execution, user: string): "write" | "none" | "unknown" {
  const told = collaborators.safeParse(parseJson(output));
  if (exit !== 0 || !told.success) return "unknown";
  const right = Object.hasOwn(told.data, user) ? told.data[user] : undefined;
  if (right === "read-write") return "write";
  return right === "read-only" ? "none" : "unknown";
}

/** Only the registry's own no counts as one; a registry without identities says nothing about the credential. */
function troubleOf({ ending, exit, output }: Execution): CredentialSighting {
  if (ending !== "exited") return { seen: "unknown", because: `npm was stopped: ${ending}` };
  const told = failed.safeParse(parseJson(output));
  if (!told.success)
    return { seen: "unknown", because: `npm ended with exit code ${exit} and no answer that can be read` };
  const { code, summary } = told.data.error;
  const because = `npm answered ${code}: ${summary.replace(/\s+/g, " ").slice(0, 200)}`;
  if (code === "ENEEDAUTH") return { seen: "absent" };
  if (code === "EOTP") return { seen: "otp", because };
  return { seen: code === "E401" ? "rejected" : "unknown", because };
}

function missing(): Failure {
  return new Failure({
    kind: "input",
    code: "all.tool-missing",
    message: "expected npm on PATH, found none",
    hint: "Install Node.js with npm in the job before this step.",
  });
}
