import * as z from "zod";

const labels = (step: string, list: string[]) =>
  z.array(z.string().min(1)).default(list).describe(`Labels of issues and pull requests that ask for a ${step} step.`);

const defaultLabels = {
  major: ["breaking"],
  minor: ["enhancement", "feature"],
  patch: ["bug", "documentation"],
};

/** How large the step to the next version has to be. */
export const bumpSection = z
  .strictObject({
    decision: z
      .enum(["declared", "commits", "labels"])
      .default("declared")
      .describe(
        "Who decides: the declared version, which is compared with the commits and only reported on; or commits or labels, below which the declared version blocks.",
      ),
    "breaking-before-1": z
      .enum(["major", "minor"])
      .default("major")
      .describe("Step that a breaking change asks for while the version is below 1.0.0."),
    unclassified: z
      .enum(["report", "block"])
      .default("report")
      .describe("What commits mean that have no known type; they count as a patch."),
    suggest: z
      .enum(["patch", "minor"])
      .default("patch")
      .describe(
        "Step that is suggested where the version has to be raised; it is printed only, as no release edits it.",
      ),
    labels: z
      .strictObject({
        major: labels("major", defaultLabels.major),
        minor: labels("minor", defaultLabels.minor),
        patch: labels("patch", defaultLabels.patch),
      })
      .prefault({})
      .describe("What labels ask for, where labels decide."),
  })
  .superRefine(({ decision, labels: own }, context) => {
    if (decision === "labels" || JSON.stringify(own) === JSON.stringify(defaultLabels)) return;
    const message = `expected \`decision: labels\` beside it, as nothing else reads labels`;
    context.addIssue({ code: "custom", path: ["labels"], message });
  });
