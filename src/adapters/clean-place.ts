import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";

/** Where a registry's client works, and what it takes from the machine. */
export interface ClientPlace {
  /** Folder for clean places, one a look. */
  temp: string;
  /** Checkout, whose configuration of the client counts. */
  workspace: string;
  source?: Record<string, string | undefined>;
  /** Milliseconds after which one command is given up. */
  patience?: number;
}

/** Acts in a new folder of a place, which is gone afterwards however it ends. */
export async function inCleanPlace<Result>(
  { temp }: ClientPlace,
  client: string,
  act: (folder: string) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(temp, `seaworthy-${client}-`));
  try {
    return await act(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
