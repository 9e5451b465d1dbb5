import type { ClientTrouble } from "#src/ports/package-install";
import type { Execution } from "#src/ports/shell";

/** Whether a client came to its end and says that all is well. */
export function succeeded({ ending, exit }: Execution): boolean {
  return ending === "exited" && exit === 0;
}

/** How a client ended otherwise than it should, with what it said. */
export function troubleOf({ ending, exit, output }: Execution): ClientTrouble {
  return { trouble: { ended: ending === "exited" ? `exit code ${exit}` : ending, said: output } };
}

/** A client that ended well, and left something else than was asked of it. */
export function unexpected(said: string): ClientTrouble {
  return { trouble: { ended: "exit code 0", said } };
}
