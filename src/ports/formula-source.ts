/** A formula as the tap's default branch holds it. `absent` is the remote's own answer; `unknown` is a question that failed. */
export type FormulaSighting =
  | { seen: "served"; commit: string; text: string }
  | { seen: "absent"; because: string }
  | { seen: "unknown"; because: string };

/** The taps that Homebrew reads formulae from. */
export interface FormulaSource {
  /** Reads a file from the default branch of a tap (`owner/name`), or of this repository where none is named. */
  read(tap: string | undefined, path: string): Promise<FormulaSighting>;
}
