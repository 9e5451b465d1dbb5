import { mkdtemp } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { listenOnLoopback } from "../clock/loopback.ts";
import { startNpmRegistry } from "./npm.ts";

it("a package behind the uplink is missing only where the uplink says so: one that cannot be reached is said to be", async () => {
  const behind = createServer((_request, response) => response.writeHead(404).end("{}"));
  const { url, close } = await listenOnLoopback(behind);
  const storage = await mkdtemp(join(tmpdir(), "uplink-"));
  const uplink = { url: `${url}/`, ca: undefined, own: ["own"] };
  const registry = await startNpmRegistry({ storage, clock: { now: () => new Date() }, uplink });
  const ask = async (name: string) => {
    const response = await fetch(`${registry.url}/${name}`);
    return { code: response.status, text: await response.text() };
  };

  expect((await ask("foreign")).code).toBe(404);
  await close();
  for (const _again of [1, 2, 3]) {
    const answer = await ask("foreign");
    expect(answer.code).toBe(502);
    expect(answer.text).toContain("could not be reached: connect ECONNREFUSED");
  }
  expect((await ask("own")).code).toBe(404);
  await registry.close();
});
