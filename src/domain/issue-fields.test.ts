import { describe, expect, it } from "vitest";
import { missingFields } from "#src/domain/issue-fields";

const required = { description: ["*", "What happened?"], impact: ["Impact", "Severity"], files: ["Affected files"] };
const missing = (body: string) => missingFields(body, required);

describe("PLN-41: the fields of an issue", () => {
  it.each([
    ["headings of any level", "It leaks.\n\n# Impact\nAll.\n\n#### Affected Files:\n- `a.ts`", []],
    [
      "a form's headings",
      "### What happened?\n\nIt leaks.\n\n### Severity\n\nHigh\n\n### Affected files\n\n```\na.ts\n```",
      [],
    ],
    ["another spelling", "x\n\n## **IMPACT**\n\ny\n\n## affected   files?\n\nz", []],
    ["headings below them", "x\n\n## Impact\n\n### Users\n\nAll.\n\n## Affected files\n\nz", []],
  ])("are told by %s", (_how, body, expected) => {
    expect(missing(body)).toEqual(expected);
  });

  it.each([
    ["nothing at all", "", ["description", "impact", "files"]],
    [
      "what a form leaves unanswered",
      "### What happened?\n\n_No response_\n\n### Impact\n\n_No response_\n\n### Affected files\n\nz",
      ["description", "impact"],
    ],
    [
      "a comment",
      "<!-- what? -->\n\n## Impact\n<!-- who? -->\n\n## Affected files\n<!--\nwhich\n-->\n",
      ["description", "impact", "files"],
    ],
    ["a marker of what is to do", "x\n\n## Impact\n\nTODO later\n\n## Affected files\n\n- TBD", ["impact", "files"]],
    ["an empty block", "x\n\n## Impact\n\n```\n```\n\n## Affected files\n\nz", ["impact"]],
    ["a heading in code", "x\n\n```\n## Impact\nAll.\n```\n\n## Affected files\n\nz", ["impact"]],
    ["the next heading's text", "## Impact\n\n## Affected files\n\nz", ["description", "impact"]],
  ])("are not filled by %s", (_how, body, expected) => {
    expect(missing(body)).toEqual(expected);
  });
});
