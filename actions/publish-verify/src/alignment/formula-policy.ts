import type { ChannelPolicy } from "#src/contract/config/channels";

/** A channel of kind homebrew. */
export type FormulaPolicy = Extract<ChannelPolicy, { kind: "homebrew" }>;
