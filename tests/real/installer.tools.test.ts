import { rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { buoy, installer } from "./stand-ins/installer.ts";
import { conductIn, shownIn } from "./stand-ins/place.ts";

const config = await shownIn("how-to-installer.md");
const scenarios = config.smoke.scenarios.map(({ id }) => id);
const places: string[] = [];
let defect = "none";
let server: Server;
let releases: string;

/** A release page: the newest version, the installer, each version's program, and an address that never answers. */
function answer(path: string): string | undefined {
  const [, name = "", file = ""] = path.split("/");
  if (name === "latest") return "v1.1.0";
  if (name === "install.sh") return installer.replace("@DEFECT@", defect);
  const known = ["1.0.0", "1.1.0"].includes(name) && file === "buoy";
  const served = defect === "no-compare" && name === "1.1.0" ? "1.0.0" : name;
  return known ? buoy.replace("@DEFECT@", defect).replace("@VERSION@", served) : undefined;
}

beforeAll(async () => {
  server = createServer(({ url = "" }, response) => {
    if (url.startsWith("/silent")) return;
    const found = answer(url);
    response.writeHead(found === undefined ? 404 : 200).end(found);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  releases = `http://127.0.0.1:${address && typeof address === "object" ? address.port : 0}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
afterEach(() => Promise.all(places.splice(0).map((folder) => rm(folder, { recursive: true, force: true }))));

async function tried(id: string, planted: string): Promise<string[]> {
  defect = planted;
  const ended = await conductIn(config, { id, name: "buoy", program: "", values: { releases, previous: "1.0.0" } });
  places.push(ended.folder);
  return [...new Set(ended.codes)];
}

describe("an installer and an updater, tried as the documentation shows it", () => {
  it.each(scenarios)("SMK-20: %s passes where every rule is kept", async (id) => {
    expect(await tried(id, "none")).toEqual([]);
  });

  it.each([
    ["installer-argument", "the environment goes before the argument", "env-first", "smoke.wrong-version"],
    ["installer-argument", "the v is not dropped", "keeps-v", "smoke.install-failed"],
    ["installer-argument", "another version is installed", "old-version", "smoke.wrong-version"],
    ["installer-latest", "what was installed is not asked for its version", "no-compare", "smoke.wrong-version"],
    ["installer-latest", "half a program is left where the download breaks off", "in-place", "smoke.case-failed"],
    ["updater", "the program is written over while it runs", "in-place", "smoke.install-failed"],
    ["updater", "what it brings cannot be run", "mode", "smoke.install-failed"],
    ["updater", "the same version is brought again", "always-updates", "smoke.case-failed"],
    ["background-check", "it waits for a server that never answers", "waits", "smoke.hung"],
  ])("SMK-20: %s fails where %s", async (id, _what, planted, code) => {
    expect(await tried(id, planted)).toEqual([code]);
  });
});
