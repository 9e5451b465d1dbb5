import * as z from "zod";
import { gateFields } from "#src/contract/config/gates/fields";
import { issueLabel } from "#src/contract/config/issue-label";

/** Labels of tickets that are not ready, where the gate names none of its own. */
export const usualNotReady = ["in progress", "code review"];

const labels = (what: string, ...defaults: string[]) => z.array(issueLabel()).default(defaults).describe(what);

const scope = z
  .strictObject({
    milestone: z
      .string()
      .trim()
      .min(1)
      .optional()
      .describe("Title of the milestone; `{tag}` and `{version}` stand for the release's own. It has to exist."),
    label: issueLabel().optional().describe("Label that puts an issue into the scope."),
  })
  .prefault({})
  .describe(
    "Which issues belong to the release: in the milestone, with the label, or both; every issue where neither is named.",
  );

/** A gate that knows the issues of the repository. */
export const issuesGate = z
  .strictObject({
    ...gateFields,
    kind: z
      .literal("issues")
      .describe("Looks for issues that hold the release back: by severity, by scope, and tickets that are not ready."),
    scope,
    "severity-labels": labels("An open issue in scope with one of these labels blocks.", "critical", "major"),
    "none-open": z
      .boolean()
      .default(false)
      .describe("Whether any open issue in scope blocks; the scope has to be named."),
    "not-ready-labels": labels(
      "A ticket in scope with one of these labels is still worked on or reviewed, and blocks. What it was when the run began counts as well. Labels besides the usual two have to exist.",
      ...usualNotReady,
    ),
  })
  .refine(
    (gate) => gate["none-open"] || gate["severity-labels"].length + gate["not-ready-labels"].length > 0,
    "expected a label or `none-open: true`: a gate that looks for nothing never says no",
  )
  .refine(
    (gate) => !gate["none-open"] || gate.scope.milestone !== undefined || gate.scope.label !== undefined,
    "expected a milestone or a label in `scope` beside `none-open`",
  );
