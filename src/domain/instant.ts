/** Writes an instant in UTC to the second, `YYYY-MM-DDTHH:MM:SSZ`. */
export function formatInstant(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}
