/** Tells people how a long stage gets on, while it does. */
export interface Progress {
  /** Says one line of the suite's own words and numbers; foreign text has no place in it. */
  say(line: string): void;
}
