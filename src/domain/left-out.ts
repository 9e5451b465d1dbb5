/** Says how many bytes of a log are left out where it was cut. */
export function leftOut(bytes: number): string {
  return `\n[${bytes} bytes are left out here]\n`;
}

/** The places where a log was cut; what splits a log by it keeps the marks. */
export const cuts = /(\n\[\d+ bytes are left out here\]\n)/;
