/** A child process with all its descendants that did not leave its group. */
export interface ProcessGroup {
  /** Sends a signal to every member; a group that is gone takes none. */
  signal(name: "SIGTERM" | "SIGKILL"): void;
  /** Tells whether any member is left. */
  lives(): boolean;
  /** Ends the watch over the group: from here on, our own end no longer kills it. */
  release(): void;
}

/** Holds the group that a detached child leads, and kills it should this process end before `release`. */
export function processGroup(leader: number): ProcessGroup {
  const reach = (signal: "SIGTERM" | "SIGKILL" | 0) => {
    try {
      return process.kill(-leader, signal);
    } catch {
      return false;
    }
  };
  const kill = () => void reach("SIGKILL");
  process.once("exit", kill);
  return {
    signal: (name) => void reach(name),
    lives: () => reach(0),
    release: () => void process.off("exit", kill),
  };
}
