/** Reads `Retry-After` (RFC 9110, 10.2.3), seconds or a date, as an instant; undefined where it is neither. */
export function retryAfter(header: string | null, now: Date): Date | undefined {
  const text = header?.trim() ?? "";
  if (/^\d{1,9}$/.test(text)) return new Date(now.getTime() + Number(text) * 1_000);
  const instant = Date.parse(text);
  // A date without its weekday or zone is no HTTP date, and might be read in this machine's own zone.
  return /^[A-Z][a-z]+,? .* GMT$/.test(text) && !Number.isNaN(instant) ? new Date(instant) : undefined;
}
