import * as z from "zod";
import { repositoryPath } from "#src/contract/config/fields";
import { commitClasses } from "#src/domain/conventional-commit";

const label = () => z.string().trim().min(1).max(50);
const repository = () => z.string().regex(/^[\w.-]+\/[\w.-]+$/, "expected a repository as owner/name");

/** Whether the commits of a release are held against issues, and what a well-described issue is. */
export const issuesSection = z.strictObject({
  audit: z
    .enum(["off", "report", "block"])
    .default("off")
    .describe(
      "Whether every commit since the release before is held against its issue: `report` tells what is missing, `block` refuses the release for it. GitHub is asked by hundreds: three requests for 100 commits, thirty for 1,000.",
    ),
  accept: z
    .enum(["issues", "issues-and-pull-requests"])
    .default("issues-and-pull-requests")
    .describe("What a commit may refer to. A pull request that closes issues is audited by those, else by itself."),
  "excluded-types": z
    .array(z.enum(commitClasses))
    .default(["ci", "deps", "chore", "build", "style"])
    .describe(
      "Types of commits that need no issue, unless they are breaking. A merge of branches and what is reverted again never do.",
    ),
  "required-fields": z
    .record(z.string().min(1), z.array(z.string().trim().min(1)).min(1))
    .default({
      description: ["*", "Description", "Summary", "What happened?"],
      impact: ["Impact", "Severity", "Who is affected?"],
      files: ["Files", "Affected files", "Affected areas"],
    })
    .describe(
      "What an issue tells besides its title: by name, the headings or form fields under which it may stand. `*` is the text above the first heading.",
    ),
  labels: z
    .array(label())
    .default(["bug", "enhancement", "documentation"])
    .describe("Labels of which an issue carries at least one; none are needed where the list is empty."),
  "draft-labels": z
    .partialRecord(z.enum(commitClasses), label())
    .default({ fix: "bug", feat: "enhancement", perf: "enhancement", refactor: "enhancement", docs: "documentation" })
    .describe("Label of a drafted issue by the commit's type, where it is one of `labels`; else their first."),
  repositories: z
    .array(repository())
    .default([])
    .describe("Other repositories whose issues count, as `owner/name`; the token has to be able to read them."),
  "map-file": repositoryPath()
    .optional()
    .describe("YAML or JSON file that names issues for commits: by the commit's id, `12`, `owner/name#12`, or a list."),
  "file-missing": z
    .boolean()
    .default(false)
    .describe(
      "Whether the issue that a commit lacks is handed on to be filed, in a live run; the next plan counts it. It is drafted either way.",
    ),
  "close-fixed": z
    .boolean()
    .default(false)
    .describe(
      "Whether an open issue whose fix is released is handed on to be closed, in a live run; what is filed for a commit is closed at once.",
    ),
});

/** The issues section of the configuration. */
export type IssuesPolicy = z.infer<typeof issuesSection>;
