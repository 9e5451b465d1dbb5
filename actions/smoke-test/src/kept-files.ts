import { redact } from "#src/domain/log-excerpt";
import type { Attachment } from "#src/domain/report";
import type { Workspaces } from "#src/ports/workspaces";
import type { JudgedTrial, Outcome } from "./judge-conduct.ts";

const limits = { files: 40, each: 512 * 1024, all: 4 * 1024 * 1024 };
const plainPath = /^[\w@.+-]+(\/[\w@.+-]+)*$/;

/**
 * Keeps what failing scenarios wrote into their workspaces, for people who cannot reach the machine: the first forty files
 * of a scenario, up to 512 KiB each and 4 MiB in all. A file that holds the value of a credential is left out.
 */
export async function keptFiles(
  outcomes: Outcome[],
  { workspaces, secrets }: { workspaces: Workspaces; secrets: string[] },
): Promise<Attachment[]> {
  const failing = outcomes.filter(({ ending }) => ending !== "pass" && ending !== "skipped");
  const kept = await Promise.all(failing.map(({ conduct }) => filesOfTrial(conduct.attempts.at(-1), workspaces)));
  let size = 0;
  return kept.flat().filter(({ content }) => {
    const text = Buffer.from(content).toString("utf8");
    if (redact(text, secrets) !== text) return false;
    size += content.length;
    return size <= limits.all;
  });
}

async function filesOfTrial(judged: JudgedTrial | undefined, workspaces: Workspaces): Promise<Attachment[]> {
  const { scenario, root = "", directory, aftermath } = judged?.trial ?? {};
  if (!scenario || directory === undefined) return [];
  const written = (aftermath?.workspace ?? []).filter(
    ({ path, change }) => change !== "removed" && plainPath.test(path),
  );
  const read = written.slice(0, limits.files).map(async ({ path }) => {
    const bytes = await workspaces.read({ root, directory, home: "", environment: {} }, path);
    return bytes && bytes.byteLength <= limits.each ? [{ name: `kept/${scenario.id}/${path}`, content: bytes }] : [];
  });
  return (await Promise.all(read)).flat();
}
