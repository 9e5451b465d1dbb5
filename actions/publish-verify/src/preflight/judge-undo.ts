import type { RollbackMinimum } from "#src/contract/config/rollback";
import { question } from "#src/domain/question";
import type { Check } from "#src/domain/verdict";
import type { PreflightFacts } from "./facts.ts";
import { type Ability, publishingKinds, type Undo, unaidedKinds } from "./kinds.ts";

/** What can be undone on a channel, and by whom. Bytes that were published are never taken back. */
export type UndoPlan = Record<keyof Undo, Ability | "unknown"> & { unpublish: "impossible" };

const steps = ["withdraw", "repoint"] as const;
const words = {
  automatic: "a job by itself",
  person: "only a person",
  impossible: "nobody",
  unknown: "nobody knows who",
};

/** Tells what could be undone with the credential of a channel; nobody knows where neither its kind nor its configuration tells. */
export function undoPlanOf({
  channel: { kind, publishing },
  undo,
}: Pick<PreflightFacts, "channel" | "undo">): UndoPlan {
  const known = publishing ? publishingKinds[kind]?.undo[publishing.by] : unaidedKinds[kind]?.undo;
  const { withdraw, repoint } = undo ?? known ?? { withdraw: "unknown", repoint: "unknown" };
  return { withdraw, repoint, unpublish: "impossible" };
}

/**
 * Judges whether as much can be undone as the configuration wants of this channel, and of every required one. What nobody knows is
 * never taken for enough, and blocks where what nobody can tell of the credential does.
 */
export function judgeUndo(facts: PreflightFacts, minimum: RollbackMinimum = {}): Check[] {
  const { channel } = facts;
  const plan = undoPlanOf(facts);
  const wanted = wantedOf(facts, minimum);
  if (wanted.length === 0) return [];
  const title = `Enough can be undone on ${channel.id}`;
  const id = `${channel.id}:undo`;
  const lacking = wanted.filter(([step, who]) => !reaches(plan[step], who));
  const because = lacking.map(([step, who]) => `expected that ${words[who]} can ${step}, found ${words[plan[step]]}`);
  if (lacking.length === 0) {
    return [
      question(id, title, channel.required).pass(wanted.map(([step]) => `${step}: ${words[plan[step]]}`).join(", ")),
    ];
  }
  if (lacking.some(([step]) => plan[step] !== "unknown")) {
    return [question(id, title, channel.required).fail("publish.undo-below-minimum", because.join("; "))];
  }
  const blocks = channel.required && channel.publishing?.["on-unknown"] === "block";
  return [question(id, title, blocks).unsure("publish.undo-below-minimum", because.join("; "))];
}

/** What the channel itself wants has to go without a person; the minimum of all counts for required channels. */
function wantedOf({ channel }: PreflightFacts, minimum: RollbackMinimum): [keyof Undo, "automatic" | "person"][] {
  const own = channel.publishing?.undo ?? [];
  return steps.flatMap((step) => {
    const who = own.includes(step) ? "automatic" : channel.required ? minimum[step] : undefined;
    return who ? [[step, who]] : [];
  });
}

function reaches(found: Ability | "unknown", wanted: "automatic" | "person"): boolean {
  return found === "automatic" || (wanted === "person" && found === "person");
}
