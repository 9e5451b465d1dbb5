/** Reason codes of the publish stage. */
export const publishCodes = {} as const;
