import type { Check } from "#src/domain/verdict";

/** Words a check that blocks. Its title states what should hold, so it is said that it does not, or that nobody can tell. */
export function notHeld({ title, result, because, code }: Check): string {
  const lead = result === "inconclusive" ? "Cannot be told" : "Does not hold";
  return `${lead}: "${title}": ${because} (${code ?? "all.not-run"})`;
}
