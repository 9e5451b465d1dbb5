import { rm } from "node:fs/promises";
import { afterEach, describe, expect, it } from "vitest";
import type { Config } from "#src/contract/config/schema";
import { pilot } from "./stand-ins/pilot.ts";
import { conductIn, type Ended, shownIn } from "./stand-ins/place.ts";

const config = await shownIn("how-to-test-drive.md");
const once: Config = { ...config, smoke: { ...config.smoke, "self-test": "off" } };
const cases = config.smoke.scenarios.map(({ id }) => id);
const places: string[] = [];
afterEach(() => Promise.all(places.splice(0).map((folder) => rm(folder, { recursive: true, force: true }))));

async function drive(policy: Config, id: string, defect: string): Promise<Ended> {
  const ended = await conductIn(policy, { id, name: "pilot", program: pilot.replace("@DEFECT@", defect) });
  places.push(ended.folder);
  return ended;
}

describe("the matrix of a program that drives agents, as the documentation shows it", () => {
  it("SMK-13: has a case for each of its fourteen features, and one in a repository that is named after the tag", () => {
    expect(cases.map((id) => id.slice(0, 2)).filter((id) => id.startsWith("2"))).toEqual(
      [..."abcdefghijklmn"].map((letter) => `2${letter}`),
    );
    expect(cases).toContain("one-iteration");
  });

  it.each(cases)("SMK-13 SMK-22: %s passes with a program that does it, and fails without the program", async (id) => {
    const { outcome, codes, strays } = await drive(config, id, "none");
    expect({ codes, ending: outcome.ending, strays }).toEqual({ codes: [], ending: "pass", strays: [] });
    expect([outcome.conduct.planted.failing?.ending, outcome.conduct.planted.silent?.ending]).toEqual(["fail", "fail"]);
  });

  it.each(cases)("SMK-13 SMK-22: %s fails where exactly its feature is broken", async (id) => {
    const { outcome, codes } = await drive(once, id, id.slice(0, id.startsWith("2") ? 2 : 3));
    const wanted = { "2h-resume": "smoke.probe-failed", "2n-stuck-agent": "smoke.hung" }[id] ?? "smoke.case-failed";
    expect(outcome.ending).toBe("fail");
    expect(new Set(codes)).toEqual(new Set([wanted]));
  });
});
