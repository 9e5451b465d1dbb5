/** The job's environment, of which only one thing is asked; no value ever leaves it. */
export interface JobVariables {
  /** Tells whether a variable is set to something besides white space. */
  filled(name: string): boolean;
}
