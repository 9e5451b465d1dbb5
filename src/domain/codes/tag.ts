/** Reason codes of the tag stage. */
export const tagCodes = {} as const;
