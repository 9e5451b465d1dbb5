/** Reason codes of the gates stage. */
export const gatesCodes = {} as const;
