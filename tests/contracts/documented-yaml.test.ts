import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import * as z from "zod";
import { channelSchema } from "#src/contract/config/channels";
import { configSchema } from "#src/contract/config/schema";
import { root } from "../root.ts";

const folder = join(root, "docs");
const pages = readdirSync(folder).filter((name) => name.endsWith(".md"));
const object = z.record(z.string(), z.unknown());

interface Block {
  page: string;
  text: string;
}

/** What readers copy: the YAML of a page, block by block, without the indent that places it in a longer file. */
function blocksOf(page: string): Block[] {
  const text = readFileSync(join(folder, page), "utf8");
  return [...text.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, block = ""]) => ({ page, text: block }));
}

const blocks = pages.flatMap(blocksOf);
const known = Object.keys(configSchema.shape);

/**
 * The blocks of the how-to pages that are a configuration, or part of one: every key stands at its top. What is indented belongs
 * into a workflow, and what names a preset is completed by it.
 */
const configurations = blocks.flatMap(({ page, text }) => {
  if (!/^(how-to-|publish-|channels)/.test(page) || text.startsWith(" ") || text.includes("preset:")) return [];
  const { data } = object.safeParse(parse(text));
  const keys = Object.keys(data ?? {});
  return keys.length > 0 && keys.every((key) => known.includes(key)) ? [{ page, keys: keys.join(", "), data }] : [];
});

describe("the YAML of the documentation", () => {
  it.each(blocks.map((block, index) => ({ ...block, index })))("parses: $page, block $index of all", ({ text }) => {
    expect(() => parse(text)).not.toThrow();
  });

  it.each(configurations)("is a configuration that is valid: $page, $keys", ({ data }) => {
    const { error } = configSchema.safeParse(data);
    expect(error?.issues ?? []).toEqual([]);
  });

  it("holds configurations at all", () => {
    expect(configurations.length).toBeGreaterThan(10);
  });
});

describe("the overview of the channels", () => {
  const overview = readFileSync(join(folder, "channels.md"), "utf8");
  const kinds = channelSchema.options.map(({ shape }) => {
    const { kind, deadline } = z.looseObject({ kind: z.string(), deadline: z.string() }).parse({
      kind: [...shape.kind.values][0],
      deadline: shape.deadline.parse(undefined),
    });
    return { kind, deadline };
  });

  it.each(kinds)("names $kind with its deadline of $deadline, and what is proven of it", ({ kind, deadline }) => {
    const rows = overview.split("\n").filter((line) => line.startsWith(`| \`${kind}\` |`));
    expect(rows).toHaveLength(2);
    expect(rows[0]?.endsWith(` | ${deadline} |`), rows[0]).toBe(true);
  });

  it.each(blocksOf("channels.md").filter(({ text }) => text.startsWith(" ")))(
    "has a job that grants what it needs and pins what it uses",
    ({ text }) => {
      const jobs = z.record(z.string(), z.object({ permissions: z.record(z.string(), z.string()) })).parse(parse(text));
      expect(Object.keys(jobs)).toEqual(["publish"]);
      for (const [, ref] of text.matchAll(/uses: [^@\n]+@(\S+)/g)) expect(ref).toMatch(/^[0-9a-f]{40}$/);
      expect(text).not.toMatch(/run:.*\$\{\{/);
    },
  );
});
