/** Reason codes of the smoke stage. */
export const smokeCodes = {} as const;
