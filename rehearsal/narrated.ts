import { Listr } from "listr2";
import type { Narrator } from "./progress.ts";

/** What to narrate. `ending` says in a word how the work ended, and whether that is good: the mark is set by it. */
export interface Narrated<Result> {
  title: string;
  work: (narrator: Narrator) => Promise<Result>;
  ending: (result: Result) => { word: string; good: boolean };
}

/** Runs work under a title with live progress: a list on a terminal, plain lines elsewhere. Throws what the work throws. */
export async function narrated<Result>(story: Narrated<Result>): Promise<Result> {
  const { stdout } = process;
  if (!stdout.isTTY) {
    console.log(story.title);
    return story.work({ line: (text) => console.log(`  ${text}`), now: () => undefined });
  }
  // Some terminals do not say how large they are, and the list would have no room.
  if (!stdout.columns) Object.assign(stdout, { columns: 80 });
  if (!stdout.rows) Object.assign(stdout, { rows: 24 });
  return onTerminal(story);
}

async function onTerminal<Result>({ title, work, ending }: Narrated<Result>): Promise<Result> {
  const results: Result[] = [];
  const list = new Listr(
    [
      {
        title,
        rendererOptions: { outputBar: Number.POSITIVE_INFINITY, persistentOutput: true },
        task: async (_context, task) => {
          const line = (text: string) => {
            task.output = text;
          };
          const now = (text: string) => {
            task.title = `${title} · ${text}`;
          };
          const result = await work({ line, now }).finally(() => {
            task.title = title;
          });
          results.push(result);
          const { word, good } = ending(result);
          if (!good) throw new Error(word);
        },
      },
    ],
    // Signals are ours: the list would end the process before the verdict can speak.
    { concurrent: false, registerSignalListeners: false, rendererOptions: { showErrorMessage: false } },
  );
  try {
    await list.run();
  } catch (cause) {
    if (results.length === 0) throw cause;
  }
  const [result] = results;
  if (result === undefined) throw new Error("expected the work to end with a result, found none");
  return result;
}
