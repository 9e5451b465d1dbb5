import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { configSchema } from "#src/contract/config/schema";
import { Complaint } from "./complaint.ts";
import { requireClients } from "./required-clients.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "clients-"));
});
afterEach(() => rm(folder, { recursive: true }));

const releasing = (...channels: object[]) => configSchema.parse({ channels });

describe("a machine that rehearses", () => {
  it("needs nothing more for a package of npm, or without a configuration", () => {
    expect(() => requireClients(releasing({ id: "npm", kind: "npm", package: "tide" }), folder)).not.toThrow();
    expect(() => requireClients(undefined, folder)).not.toThrow();
  });

  it.each([
    ["cargo", "cargo", "cargo"],
    ["go", "go", "go"],
    ["pip", "pypi", "pip"],
    ["pip", "pypi", "pip3"],
  ])(
    "needs %s for a channel of kind %s, and hears at once that it is missing; %s will do",
    async (client, kind, program) => {
      const config = releasing({ id: "main", kind, package: "tide" });
      expect(() => requireClients(config, folder)).toThrow(Complaint);
      expect(() => requireClients(config, folder)).toThrow(
        `expected ${client} on PATH, as the channel main is of kind ${kind}`,
      );
      await writeFile(join(folder, program), "#!/bin/sh\n", { mode: 0o755 });
      expect(() => requireClients(config, folder)).not.toThrow();
    },
  );
});
