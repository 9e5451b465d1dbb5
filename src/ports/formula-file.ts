/** Text files in the folder that the job works in, such as a checkout of the tap. */
export interface FormulaFile {
  /** Reads a file; undefined where there is no regular file of that path. */
  read(path: string): Promise<string | undefined>;
  /** Writes a file that is there. */
  write(path: string, text: string): Promise<void>;
}
