import { prepareGround } from "../ground.ts";
import { contextOf } from "../run-plan.ts";
import { type Answerer, mustGive } from "./answer.ts";

interface Source {
  file: string;
  place: string;
  text?: string | undefined;
}

/** PLN-21, PLN-22, F30: do all version sources, lock files included, name one and the same version? */
export const answerLockstep: Answerer = async ({ given, expected }, { built, branch, desk }) => {
  const head = built.idOf(mustGive(given.commit, "a commit"));
  const ground = prepareGround(built, { branch, head, tags: { in: head } });
  const { path } = built.configurationAt(head);
  const answer = await desk.ask(ground, { head, inputs: { config: path } });
  const { sources } = contextOf(answer);
  const refused = answer.ending.outputs.code === "plan.version-not-lockstep";
  const decision = answer.ending.outputs.verdict === "pass" ? "pass" : refused ? "block" : answer.ending.outputs.code;
  const disagree = namesOf(sources.filter(({ agrees }) => agrees === false));
  const shown = sources.every(({ text = "" }) => answer.ending.summary.includes(text));
  return {
    decision,
    versions: Object.fromEntries(sources.map((source) => [nameOf(source), source.text])),
    ...("disagree" in expected || disagree.length > 0 ? { disagree } : {}),
    ...(shown ? {} : { summary: answer.ending.summary }),
  };
};

/** Names places as the recorded answers do: by their file, and the root package of a lockfile beside it. */
export function namesOf(sources: Source[]): string[] {
  return sources.map(nameOf);
}

function nameOf({ file, place }: Source): string {
  return place === 'packages[""].version' ? `${file} packages[""]` : file;
}
