/** Writes a number with its noun, which takes an `s` unless there is exactly one: `1 file`, `2 files`. */
export function amount(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
