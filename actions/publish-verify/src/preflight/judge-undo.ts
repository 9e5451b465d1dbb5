import { question } from "#src/domain/question";
import type { Check } from "#src/domain/verdict";
import type { PublishedChannel } from "./facts.ts";
import { publishingKinds } from "./kinds.ts";

/** What can be undone on a channel, and by whom. Bytes that were published are never taken back. */
export interface UndoPlan {
  withdraw: "automatic" | "person" | "unknown";
  repoint: "automatic" | "person" | "unknown";
  unpublish: "impossible";
}

/** Tells what could be undone with the credential of a channel; nobody knows where the configuration tells none. */
export function undoPlanOf({ kind, publishing }: PublishedChannel): UndoPlan {
  const known = publishing && publishingKinds[kind]?.undo[publishing.by];
  return { withdraw: known?.withdraw ?? "unknown", repoint: known?.repoint ?? "unknown", unpublish: "impossible" };
}

/** Judges whether as much can be undone without a person as the configuration wants. */
export function judgeUndo(channel: PublishedChannel): Check[] {
  const wanted = channel.publishing?.undo ?? [];
  if (wanted.length === 0) return [];
  const plan = undoPlanOf(channel);
  const ask = question(
    `${channel.id}:undo`,
    `Enough can be undone on ${channel.id} without a person`,
    channel.required,
  );
  const lacking = wanted.filter((one) => plan[one] !== "automatic");
  if (lacking.length === 0) return [ask.pass(wanted.join(", "))];
  const because = lacking.map((one) => `expected that a job can ${one}, found that it takes a person`).join("; ");
  return [ask.fail("publish.undo-below-minimum", because)];
}
