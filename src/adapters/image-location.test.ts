import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { locateImage } from "./image-location.ts";

const image = { host: "images.example.com", path: "harbour/clock" };

let home: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "image-location-"));
});

afterEach(() => {
  rmSync(home, { recursive: true });
});

describe("where an image is asked for", () => {
  it("is its own host, by TLS, where this machine says nothing else", async () => {
    expect(await locate("")).toEqual({
      origin: "https://images.example.com",
      path: "harbour/clock",
      hosts: ["images.example.com"],
    });
  });

  it.each(["localhost", "localhost:5000", "127.0.0.1:5000"])("is asked without TLS on %s", async (host) => {
    expect(await locate("", { host, path: "clock" })).toMatchObject({ origin: `http://${host}`, path: "clock" });
  });

  it("is the location of the longest prefix that fits, with what follows it", async () => {
    const text = [
      entry({ prefix: "images.example.com", location: "cache.example.org" }),
      entry({ prefix: "images.example.com/harbour", location: "10.0.0.7:5000/copies", insecure: true }),
      entry({ prefix: "images.example.com/harb", location: "wrong.example.org" }),
    ].join("\n");
    expect(await locate(text)).toEqual({
      origin: "http://10.0.0.7:5000",
      path: "copies/clock",
      hosts: ["images.example.com", "10.0.0.7:5000"],
    });
  });

  it("keeps its host under a wildcard, which may allow plain text", async () => {
    const text = entry({ prefix: "*.example.com", insecure: true });
    expect(await locate(text)).toMatchObject({ origin: "http://images.example.com", path: "harbour/clock" });
  });

  it("is nowhere where the prefix is blocked", async () => {
    const text = entry({ prefix: "images.example.com", blocked: true });
    expect(await locate(text)).toEqual({ unknown: "registries.conf blocks images.example.com" });
  });

  it.each([["[[registry]\n"], ['registry = "none"\n'], ['[[registry]]\ninsecure = "yes"\n']])(
    "is unknown where the configuration cannot be read: %j",
    async (text) => {
      expect(await locate(text)).toMatchObject({ unknown: expect.stringContaining("registries.conf") });
    },
  );

  it("is found in the home of who runs the job where no variable names a file", async () => {
    const folder = join(home, ".config", "containers");
    mkdirSync(folder, { recursive: true });
    writeFileSync(
      join(folder, "registries.conf"),
      entry({ prefix: "images.example.com", location: "cache.example.org" }),
    );
    expect(await locateImage(image, { HOME: home })).toMatchObject({ origin: "https://cache.example.org" });
  });
});

function locate(text: string, of = image) {
  const file = join(home, "registries.conf");
  writeFileSync(file, text);
  return locateImage(of, { CONTAINERS_REGISTRIES_CONF: file });
}

function entry(settings: Record<string, string | boolean>): string {
  const lines = Object.entries(settings).map(([key, value]) => `${key} = ${JSON.stringify(value)}\n`);
  return `[[registry]]\n${lines.join("")}`;
}
