import { stringify } from "yaml";
import { presets } from "#src/contract/presets";

/** Writes docs/presets.md: each preset in full, as it would stand in a file of its own. */
export function presetsPage(): string {
  const sections = Object.entries(presets).map(
    ([name, { about, config }]) =>
      `## ${name}\n\n${about}\n\n\`\`\`yaml\n${stringify(config, { lineWidth: 0 })}\`\`\`\n`,
  );
  return [
    "# Presets",
    "",
    "Generated from `src/contract/presets/` by `npm run generate`.",
    "",
    "`preset: <name>` in `.github/seaworthy.yml` lays your file over one of these. Your keys win. Lists whose members have an `id`, such as",
    "gates, are merged by it; every other list is replaced. A gate that a preset names runs, unless you switch it off, with a reason that",
    "stands in every record:",
    "",
    "```yaml",
    "preset: small-project",
    "gates:",
    "  - { id: tests, run: npm ci && npm test, tools: [npm] }",
    "  - { id: ci, kind: not-applicable, reason: the tests run in the gate above and nowhere else }",
    "```",
    "",
    "Without a reason nothing of a preset vanishes. A list of it may be replaced and not emptied. A gate of it keeps its kind, decides, and",
    "applies always: another `kind`, `required: false` and `applies-when` are errors. To judge otherwise, switch the gate off as above and",
    "add one of your own with another id, which may be anything.",
    "",
    "What a preset leaves open, such as the command line of your tests, is an error until your file says it. The plan freezes the merged",
    "configuration, and its digest is the policy digest of every record.",
    "",
    ...sections,
  ].join("\n");
}
