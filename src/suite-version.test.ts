import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import * as z from "zod";
import { suiteVersion } from "./suite-version.ts";

it("the version in the records is the one in package.json", () => {
  const manifest = z.object({ version: z.string() }).parse(JSON.parse(readFileSync("package.json", "utf8")));
  expect(suiteVersion).toBe(manifest.version);
});
