/** Reason codes of the plan stage. */
export const planCodes = {} as const;
