/** Says that something cannot be generated because its source lacks what is needed. */
export class GenerationError extends Error {}
