import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import * as z from "zod";
import { root } from "../root.ts";

/** Folder of the recorded histories: SEAWORTHY_CASES, else beside the repository. */
export const casesFolder = process.env.SEAWORTHY_CASES || join(dirname(root), "shared/cases");

/** The tool that rebuilds a history as a repository. */
export const makeRepository = join(dirname(casesFolder), "tools/make-repo.mjs");

const push = z.strictObject({ branch: z.string(), before: z.string(), after: z.string() });

/** What is given when a question is asked. Every key that a history may use is known here, so that none is overlooked. */
const given = z.strictObject({
  push: push.optional(),
  audit: z.strictObject({ branch: z.string(), since: z.string().nullable() }).optional(),
  tags: z.enum(["all", "as-of-before"]).optional(),
  policy: z.string().optional(),
  commit: z.string().optional(),
  tag: z.string().optional(),
  target: z.string().optional(),
  base_tag: z.string().optional(),
  from_branch: z.string().optional(),
  from: z.string().optional(),
  into_branch: z.string().optional(),
  into: z.string().optional(),
  file: z.string().optional(),
  version: z.string().optional(),
  tag_date: z.string().optional(),
  issue_links_required: z.boolean().optional(),
  channel: z.string().optional(),
});

const expectation = z.strictObject({
  id: z.string(),
  failure: z.array(z.string()),
  rules: z.array(z.unknown()),
  stage: z.string(),
  given,
  question: z.string(),
  expected: z.record(z.string(), z.unknown()),
  why: z.string(),
});

const caseForm = z.object({
  name: z.string(),
  default_branch: z.string(),
  branches: z.record(z.string(), z.string()),
  counts: z.object({ files: z.number() }).loose(),
});
const expectForm = z.strictObject({
  schema: z.literal(1),
  case: z.string(),
  expectations: z.array(expectation).min(1),
});

/** One question about a history, with the answer that the rules give. */
export type Expectation = z.output<typeof expectation>;

/** A recorded history: its name, its default branch, and the questions about it. */
export interface RecordedCase {
  name: string;
  folder: string;
  branch: string;
  expectations: Expectation[];
}

/** Finds every recorded history. Throws where there is none, as a tier without cases would prove nothing. */
export function findCases(): RecordedCase[] {
  if (!existsSync(casesFolder) || !existsSync(makeRepository))
    throw new Error(
      `expected recorded histories in ${casesFolder} and the tool ${makeRepository}; name the folder in SEAWORTHY_CASES`,
    );
  const names = readdirSync(casesFolder).filter((name) => existsSync(join(casesFolder, name, "case.json")));
  if (names.length === 0) throw new Error(`expected at least one history in ${casesFolder}, found none`);
  return names.toSorted().map(readCase);
}

function readCase(name: string): RecordedCase {
  const folder = join(casesFolder, name);
  const { default_branch: branch } = caseForm.parse(readJson(join(folder, "case.json")));
  const { expectations } = expectForm.parse(readJson(join(folder, "expect.json")));
  return { name, folder, branch, expectations };
}

/** Reads the description of a history, to be written again with more files in it. */
export function readDescription(folder: string): z.output<typeof caseForm> & Record<string, unknown> {
  return caseForm.loose().parse(readJson(join(folder, "case.json")));
}

/** Reads and parses a JSON file. */
export function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, "utf8"));
}
