import { describe, expect, it } from "vitest";
import { configSchema } from "#src/contract/config/schema";
import { aSha } from "#src/testing/builders";
import { idleGlobs } from "./gather-scene.ts";

const gate = (...paths: string[]) => ({ id: "db", kind: "command", run: "x", "applies-when": { paths } });
const holding = (...paths: string[]) => ({ list: async () => paths });

async function idle(config: object, local: { list: () => Promise<string[]> }) {
  return idleGlobs(configSchema.parse(config), aSha(), local);
}

describe("PLN-43: globs that name no file of the commit", () => {
  it("are found among gates, components, risks and areas", async () => {
    const config = {
      gates: [gate("db/", "sorce/**")],
      changes: { components: [{ id: "api", paths: ["api"] }] },
      risk: { critical: ["auth/**"] },
      tiers: { areas: [{ id: "web", paths: ["web/**"] }] },
    };
    expect(await idle(config, holding("db/1.sql", "README.md"))).toEqual(["api", "auth/**", "web/**", "sorce/**"]);
    expect(await idle(config, holding("db/1", "sorce/a", "api/a", "auth/a", "web/a"))).toEqual([]);
  });

  it("are not known where the commit cannot be listed", async () => {
    const broken = { list: () => Promise.reject(new Error("git ended")) };
    expect(await idle({ gates: [gate("db/")] }, broken)).toBeUndefined();
  });

  it("are not looked for where nobody configured any: the usual place of migrations need not exist", async () => {
    const unasked = { list: () => Promise.reject(new Error("asked")) };
    expect(await idle({}, unasked)).toEqual([]);
  });
});
