import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { expect, it } from "vitest";
import * as z from "zod";
import { startTunnel } from "#src/testing/tunnel";

const dist = join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), "dist");
const manifest = z.object({ imports: z.record(z.string(), z.string()) });
const client = z.object({
  fetchThrough: z.custom<(proxy: string, address: string, options: object) => Promise<unknown>>(
    (value) => typeof value === "function",
  ),
});

it("the shipped client for proxies is where the suite looks for it, and goes through the proxy", async () => {
  const { imports } = manifest.parse(JSON.parse(readFileSync(join(dist, "package.json"), "utf8")));
  const bundle = client.parse(await import(pathToFileURL(join(dist, imports["#proxy-client"] ?? "")).href));
  const tunnel = await startTunnel();
  try {
    const answer = await bundle.fetchThrough(tunnel.proxy, "http://api.example/x", { method: "GET" });
    expect(answer).toMatchObject({ status: 200 });
    expect(tunnel.asked).toEqual(["api.example:80"]);
  } finally {
    tunnel.close();
  }
});
