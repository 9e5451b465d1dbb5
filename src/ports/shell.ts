import type { Digest } from "#src/domain/digest";

/** A command line for `bash --noprofile --norc -eo pipefail -c`, with everything it may see. */
export interface ShellCommand {
  line: string;
  directory: string;
  /** The whole environment of the child; nothing else is inherited. */
  environment: Record<string, string>;
  /** Milliseconds after which the process tree is stopped: TERM, then KILL after 10 s. */
  timeout: number;
  /** Milliseconds without any output after which it is stopped. */
  idleTimeout?: number;
}

/** How an execution ended. `not-started` means that there was nothing to run it with. */
export interface Execution {
  ending: "exited" | "timed-out" | "idle" | "signalled" | "not-started";
  /** Exit code; undefined unless it exited. */
  exit: number | undefined;
  /** Standard output and standard error as they came, cut in the middle beyond 256 KiB. */
  output: string;
  /** Digest of the whole output, also of what was cut. */
  outputDigest: Digest;
  /** Milliseconds from start to end. */
  duration: number;
  /** The limit in milliseconds by which it was stopped, where one is known. */
  limit?: number | undefined;
  /** The longest time without any output, in milliseconds. */
  silence: number;
}

/** Runs command lines of the project, and finds programs. */
export interface Shell {
  run(command: ShellCommand): Promise<Execution>;
  /** Finds a program on PATH; undefined where there is none. */
  which(program: string): Promise<string | undefined>;
}
