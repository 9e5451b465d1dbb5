import * as z from "zod";
import type { AdmittedRecord } from "#src/domain/admission";
import { changeKinds, releaseTypes, riskLevels, strategies } from "#src/domain/changes/kinds";
import { Failure } from "#src/domain/failure";
import { parseJson } from "#src/domain/parse-json";

/** Name of the plan's attachment that holds what was decided from the changes. */
export const riskAttachment = "risk.json";

/** Format name and version of that attachment. */
export const riskFormat = "seaworthy-risk/1";

const count = z.int().nonnegative();
const kinds = z.strictObject({ breaking: count, security: count, features: count, fixes: count, other: count });
const because = z.string().describe("The reason in words.");

const changes = z.strictObject({
  files: count.nullable().describe("Changed files; null where they are not known."),
  commits: count.nullable().describe("Commits since the release before; null where they are not known."),
  kinds: kinds.describe("Changes by kind. A reverted commit and a bare merge are none."),
  components: z
    .array(
      z.strictObject({
        id: z.string().describe("Id of the component; `elsewhere` for commits that name none."),
        files: count.nullable().describe("Changed files of it; null where they are not known."),
        kinds: kinds.describe("Changes of the commits that name it as their scope."),
      }),
    )
    .describe("The changes by component."),
  tickets: z.array(z.string()).describe("Tickets that commits name, at most a thousand."),
  lines: z
    .array(
      z.strictObject({
        sha: z.string().describe("Commit."),
        kind: z.enum(changeKinds).describe("Kind of the change."),
        components: z.array(z.string()).describe("Components that it names."),
        tickets: z.array(z.string()).describe("Tickets that it names."),
        subject: z.string().describe("Subject of the commit."),
      }),
    )
    .describe("One line a change, by kind, newest first."),
  "left-out": count.describe("Changes that are counted and not listed."),
});

/** What the plan decided from the changes: summary, risk, strategy, tiers, and which gates apply. */
export const riskSchema = z.strictObject({
  schema: z.literal(riskFormat).describe("Format of the document."),
  "release-type": z.enum(releaseTypes).describe("Kind of the release."),
  "release-type-because": because,
  latest: z
    .strictObject({
      overall: z.boolean().describe("Whether no higher version is released."),
      major: z.boolean().describe("Whether no higher version of the same major is released."),
      line: z.string().nullable().describe("Maintenance line that it belongs to."),
    })
    .describe("Whether pointers to the latest version may follow this release."),
  changes,
  risk: z.strictObject({
    level: z.enum(riskLevels).describe("The highest level of the reasons; `low` without any."),
    reasons: z.array(
      z.strictObject({
        rule: z.string().describe("Rule of `risk.levels`, or `unknown`."),
        level: z.enum(riskLevels),
        because,
        evidence: z.array(z.string()).describe("Some of the commits or paths."),
      }),
    ),
  }),
  deployment: z.strictObject({
    environment: z.string().nullable().describe("Environment that is deployed to."),
    supported: z.array(z.enum(strategies)).describe("Strategies that the environment declares."),
    recommended: z.enum(strategies).nullable().describe("Recommended strategy; null where nothing is deployed."),
    because,
    rollback: z.string().nullable().describe("Tag that a rollback goes back to."),
  }),
  tiers: z.array(z.strictObject({ tier: z.string(), because })).describe("Tiers of tests that are required, and why."),
  "must-run": z.array(z.strictObject({ test: z.string(), because })).describe("Tests that are required, and why."),
  gates: z
    .array(z.strictObject({ id: z.string(), applies: z.boolean(), because }))
    .describe("Every configured gate: whether it applies, and the rule that decided it."),
});

/** What the plan decided from the changes. */
export type RiskDocument = z.infer<typeof riskSchema>;

/** Reads what the plan decided from the changes; undefined where it holds nothing of it. Throws `all.evidence-mismatch` for another form. */
export function readRisk({ attachments }: Pick<AdmittedRecord, "attachments">): RiskDocument | undefined {
  const bytes = attachments.get(riskAttachment);
  if (!bytes) return undefined;
  const parsed = riskSchema.safeParse(parseJson(bytes));
  if (parsed.success) return parsed.data;
  throw new Failure({
    kind: "conflict",
    code: "all.evidence-mismatch",
    message: `expected ${riskAttachment} in the form ${riskFormat}, found another document`,
    hint: "Do not go on with this plan. Start the release again.",
  });
}
