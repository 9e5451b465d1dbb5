import { Listr } from "listr2";
import type { Narrator } from "./progress.ts";

/** Runs work under a title with live progress: a list on a terminal, plain lines elsewhere. Throws what the work throws. */
export async function narrated<Result>(title: string, work: (narrator: Narrator) => Promise<Result>): Promise<Result> {
  if (!process.stdout.isTTY) {
    console.log(title);
    return work({ line: (text) => console.log(`  ${text}`), now: () => undefined });
  }
  const results: Result[] = [];
  const list = new Listr(
    [
      {
        title,
        rendererOptions: { outputBar: Number.POSITIVE_INFINITY, persistentOutput: true },
        task: async (_context, task) => {
          results.push(
            await work({
              line: (text) => {
                task.output = text;
              },
              now: (text) => {
                task.title = `${title} · ${text}`;
              },
            }),
          );
          task.title = title;
        },
      },
    ],
    // Signals are ours: the list would end the process before the verdict can speak.
    { concurrent: false, exitOnError: true, registerSignalListeners: false },
  );
  await list.run();
  const [result] = results;
  if (result === undefined) throw new Error("expected the work to end with a result, found none");
  return result;
}
