/** Reason codes of the verdict stage. */
export const verdictCodes = {} as const;
