import * as z from "zod";
import { repositoryPath } from "#src/contract/config/fields";

const file = (what: string) => repositoryPath().describe(what);

const formerPaths = z
  .array(repositoryPath())
  .default([])
  .describe("Paths at which the file stood earlier, newest first; they are asked in the history only.");

const keyPath = z
  .string()
  .regex(/^("[^"]+"|[^."\s]+)(\.("[^"]+"|[^."\s]+))*$/, "expected keys joined by dots, quoted where they hold one")
  .describe('Way to the version, as in `project.version` or `tool."my.tool".version`; a number picks from a list.');

const plain = z.strictObject({
  kind: z
    .literal("plain")
    .describe("A file that holds the version and nothing else; white space around it is left out."),
  file: file("The file."),
  former: formerPaths,
});

const json = z.strictObject({
  kind: z.literal("json").describe("A JSON file."),
  file: file("The file."),
  former: formerPaths,
  pointer: z
    .string()
    .regex(/^(\/([^~/]|~[01])*)+$/, "expected a JSON pointer such as /version")
    .describe("JSON pointer (RFC 6901) to the version."),
});

const toml = z.strictObject({
  kind: z.literal("toml").describe("A TOML file."),
  file: file("The file."),
  former: formerPaths,
  key: keyPath,
});

const yaml = z.strictObject({
  kind: z.literal("yaml").describe("A YAML file; the version is a text there, so that 1.10 wants quotes."),
  file: file("The file."),
  former: formerPaths,
  key: keyPath,
});

const regex = z.strictObject({
  kind: z.literal("regex").describe("Any text file, searched by a regular expression; all matches must say the same."),
  file: file("The file."),
  former: formerPaths,
  pattern: pattern().describe("JavaScript regular expression with one group; `^` and `$` stand for ends of lines."),
});

const npm = z.strictObject({
  kind: z
    .literal("npm")
    .describe(
      "`package.json` and its lockfile, where there is one: top entry and root package must agree, and no workspace's entry may be behind.",
    ),
  file: repositoryPath().default("package.json").describe("The package's manifest."),
  former: formerPaths,
});

const python = z.strictObject({
  kind: z
    .literal("python")
    .describe("`pyproject.toml` (project or poetry), a literal in a module, and the project's entry in `uv.lock`."),
  file: repositoryPath().default("pyproject.toml").describe("The project's manifest."),
  former: formerPaths,
  module: repositoryPath()
    .optional()
    .describe("Module with `__version__`; one that reads the package's metadata is not applicable."),
});

const rust = z.strictObject({
  kind: z
    .literal("rust")
    .describe(
      "`Cargo.toml` of a package or a workspace, its members, and the entries of own packages in `Cargo.lock`.",
    ),
  file: repositoryPath().default("Cargo.toml").describe("The manifest of the package or of the workspace."),
  former: formerPaths,
  manifests: z
    .array(repositoryPath())
    .default([])
    .describe("Further manifests, outside the workspace, that hold the version."),
});

const go = z.strictObject({
  kind: z
    .literal("go")
    .describe(
      "A Go module: its tag is its version, unless a file is named; the module path must fit the major version.",
    ),
  module: repositoryPath().default("go.mod").describe("The module's file, whose path ends in `/vN` from version 2 on."),
  file: repositoryPath().optional().describe("File that holds the version, alone or where `pattern` finds it."),
  former: formerPaths,
  pattern: pattern().optional().describe("Regular expression with one group that finds the version in `file`."),
});

/** One place, or one ecosystem's set of places, that holds the version. */
export const sourceField = z.discriminatedUnion("kind", [plain, json, toml, yaml, regex, npm, python, rust, go]);

/** A validated source. */
export type VersionSource = z.output<typeof sourceField>;

/** The source of a project that names none. */
export const defaultSources: VersionSource[] = [{ kind: "npm", file: "package.json", former: [] }];

function pattern() {
  return z.string().superRefine((text, context) => {
    const groups = groupsOf(text);
    if (groups !== 1)
      context.addIssue({ code: "custom", message: `expected a regular expression with one group, found ${groups}` });
  });
}

/** Counts the groups of an expression by letting it match nothing. */
function groupsOf(text: string): number | string {
  try {
    return (new RegExp(`${text}|`).exec("")?.length ?? 1) - 1;
  } catch {
    return "none that can be read";
  }
}
