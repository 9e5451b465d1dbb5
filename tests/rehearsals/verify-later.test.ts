import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { consumerConfig } from "../../rehearsal/consumer-config.ts";
import { eventOf } from "../../rehearsal/event.ts";
import { latestFolders } from "../../rehearsal/folders.ts";
import { recall } from "../../rehearsal/memory.ts";
import { play } from "../../rehearsal/play.ts";
import type { OciRegistry } from "../../rehearsal/registries/oci/oci.ts";
import { startWorld, type World } from "../../rehearsal/world.ts";
import { root } from "../root.ts";
import { aFolder, drive, verdictIn } from "./drive.ts";

const name = "harbour/tide-almanac";
const github = z.object({
  issues: z.array(z.object({ title: z.string(), state: z.string() })),
  comments: z.array(z.object({ body: z.string() })),
});

let folder: string;
let world: World;
let images: OciRegistry;
let runs = 0;

beforeAll(async () => {
  folder = aFolder();
  const released = await drive(folder, ["--example", "container-image"]);
  expect(verdictIn(released.folder).verdict, released.output).toBe("Released");
  const folders = latestFolders(folder);
  const { repository } = recall(folders.memory);
  const config = consumerConfig(folders.source);
  world = await startWorld({ root, folders, repository, port: undefined, uplink: undefined, config, staged: true });
  const { images: registry } = world.registries;
  if (!registry) throw new Error("expected a registry of images");
  images = registry;
});

afterAll(() => world?.close());

describe("PUB-36: a release that is looked at again later", () => {
  it("has nothing filed while users get what was built", async () => {
    expect(await lookAgain()).toBe("success");
    expect(await issues()).toEqual([]);
  });

  it("has a blocker of its own once a tag was moved to other bytes, has it closed by evidence once it is back, and opened again", async () => {
    images.faults.otherBytes(`${name}:1.1.0`);
    expect(await lookAgain()).toBe("failure");
    const blocker = `[release-blocker][v1.1.0] Users get the built bytes of images.example.com/${name}@1.1.0 (image)`;
    expect(await issues()).toEqual(["Release blockers: v1.1.0 open", `${blocker} open`]);

    images.faults.clear();
    expect(await lookAgain({ tag: "v1.1.0" })).toBe("success");
    expect(await issues()).toEqual(["Release blockers: v1.1.0 closed", `${blocker} closed`]);

    images.faults.otherBytes(`${name}:1.1.0`);
    expect(await lookAgain()).toBe("failure");
    expect(await issues()).toEqual(["Release blockers: v1.1.0 open", `${blocker} open`]);
    images.faults.clear();
  });

  it("tells of a tag without a release, and files nothing for it", async () => {
    const before = await issues();
    expect(await lookAgain({ tag: "v9.9.9" })).toBe("failure");
    expect(await issues()).toEqual(before);
  });
});

async function lookAgain(inputs: Record<string, string> = {}): Promise<string> {
  const { repository, branch, sha } = recall(world.folders.memory);
  runs += 1;
  const facts = { repository, branch, sha, event: "workflow_dispatch", inputs };
  const result = await play(world, {
    ...facts,
    workflow: ".github/workflows/verify-later.yml",
    event: eventOf(facts),
    run: { id: 9_100_000 + runs, number: runs, attempt: 1 },
    reviewers: "rejected",
    watchers: [],
  });
  expect(result.startupFailure).toBeUndefined();
  return result.conclusion;
}

async function issues(): Promise<string[]> {
  const state = github.parse(JSON.parse(readFileSync(join(world.folders.world, "github.json"), "utf8")));
  return state.issues.map(({ title, state: standing }) => `${title} ${standing}`);
}
