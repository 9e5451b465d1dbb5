/** A formula says something that the reader does not know; it is never guessed at. `line` counts from 1. */
export class FormulaError extends Error {
  readonly line: number;

  constructor(line: number, message: string) {
    super(`line ${line}: ${message}`);
    this.line = line;
  }
}
