import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, it } from "vitest";
import * as z from "zod";
import { root } from "../root.ts";

const manifest = z.object({ imports: z.record(z.string(), z.string()) });
const verifier = z.object({
  verifyBundle: z.custom<(bundle: unknown, roots: unknown[]) => unknown>((value) => typeof value === "function"),
});

it("the shipped verifier of Sigstore bundles is where the suite looks for it, and refuses what is none", async () => {
  const dist = join(root, "dist");
  const { imports } = manifest.parse(JSON.parse(readFileSync(join(dist, "package.json"), "utf8")));
  const { verifyBundle } = verifier.parse(
    await import(pathToFileURL(join(dist, imports["#sigstore-verifier"] ?? "")).href),
  );
  expect(verifyBundle({}, [{}])).toMatchObject({ holds: false });
});
