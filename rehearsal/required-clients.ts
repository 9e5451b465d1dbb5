import type { Config } from "#src/contract/config/schema";
import { Complaint } from "./complaint.ts";
import { findOnPath } from "./on-path.ts";

/** Programs that a release with a channel of a kind cannot do without, on any machine; one of several names is enough. */
const clients: Partial<Record<Config["channels"][number]["kind"], string[]>> = {
  cargo: ["cargo"],
  go: ["go"],
  pypi: ["pip", "pip3"],
};

/** Throws a `Complaint` at once where the machine lacks a client that the configuration's channels need. */
export function requireClients(config: Config | undefined, path = process.env.PATH ?? ""): void {
  for (const { id, kind } of config?.channels ?? []) {
    const names = clients[kind];
    const [client] = names ?? [];
    if (names === undefined || findOnPath(names, path) !== undefined) continue;
    throw new Complaint(
      `expected ${client} on PATH, as the channel ${id} is of kind ${kind}, found none`,
      `Install ${client}, or rehearse an example that needs less: \`npm run rehearse\` needs git, Node.js and npm alone.`,
    );
  }
}
