/** Reason codes of the build stage. */
export const buildCodes = {} as const;
