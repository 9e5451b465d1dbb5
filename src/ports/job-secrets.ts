/** Credentials that the job was given by name. */
export interface JobSecrets {
  /** Reads one; undefined where it is not set, or empty. */
  read(name: string): string | undefined;
}
