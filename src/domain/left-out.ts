/** Stands where a log ends before what it tells of does. */
export const restLeftOut = "\n[the rest is left out here]\n";

/** Says how many bytes of a log are left out where it was cut. */
export function leftOut(bytes: number): string {
  return `\n[${bytes} bytes are left out here]\n`;
}

/** The places where a log was cut; what splits a log by it keeps the marks. */
export const cuts = /(\n\[(?:\d+ bytes are|the rest is) left out here\]\n)/;
