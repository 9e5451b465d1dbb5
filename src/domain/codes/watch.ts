/** Reason codes of the watch stage. */
export const watchCodes = {} as const;
