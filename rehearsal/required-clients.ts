import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import type { Config } from "#src/contract/config/schema";
import { Complaint } from "./complaint.ts";

/** Programs that a release with a channel of a kind cannot do without, on any machine. */
const clients: Partial<Record<Config["channels"][number]["kind"], string>> = { cargo: "cargo", go: "go" };

/** Throws a `Complaint` at once where the machine lacks a client that the configuration's channels need. */
export function requireClients(config: Config | undefined, path = process.env.PATH ?? ""): void {
  for (const { id, kind } of config?.channels ?? []) {
    const client = clients[kind];
    if (client === undefined || path.split(delimiter).some((folder) => isProgram(join(folder, client)))) continue;
    throw new Complaint(
      `expected ${client} on PATH, as the channel ${id} is of kind ${kind}, found none`,
      `Install ${client}, or rehearse an example that needs less: \`npm run rehearse\` needs git, Node.js and npm alone.`,
    );
  }
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
