/** The time, and waiting for it. */
export interface Clock {
  now(): Date;
  /** Waits, in milliseconds. */
  sleep(milliseconds: number): Promise<void>;
}
