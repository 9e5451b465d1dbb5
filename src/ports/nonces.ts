/** Values that nobody could know before. */
export interface Nonces {
  next(): string;
}
