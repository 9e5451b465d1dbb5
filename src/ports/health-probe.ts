/** Whether a service says that it is healthy, and what it said instead. */
export interface HealthAnswer {
  healthy: boolean;
  because: string;
}

/** Asks a service whether it is healthy, once. */
export interface HealthProbe {
  /** Only a 2xx within the time, in milliseconds, is healthy; redirections are not followed. */
  probe(url: string, timeout: number): Promise<HealthAnswer>;
}
