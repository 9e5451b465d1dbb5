/** Where a workflow or action file stands, and what can be wrong with it. */

/** The origin of a file: a repository on disk at a commit. */
export interface Place {
  repository: string;
  ref: string;
  sha: string;
  /** Root of the checkout on disk. */
  directory: string;
  /** Path of the file in the repository. */
  path: string;
  /** How messages name the file: `path`, with `owner/name` and `@ref` when it is not the repository of the run. */
  label: string;
}

/** A reason to refuse a run before it starts. */
export interface Complaint {
  file: string;
  line: number;
  message: string;
}

/** Writes a complaint the way GitHub does. */
export function complaintText({ file, line, message }: Complaint): string {
  return `${file} (Line: ${line}): ${message}`;
}

/** Makes a collector of complaints about one file. */
export function complaintsAbout(file: string, into: Complaint[]): (line: number, message: string) => void {
  return (line, message) => {
    into.push({ file, line, message });
  };
}
