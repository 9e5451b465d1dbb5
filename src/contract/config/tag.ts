import * as z from "zod";
import { duration, durationInJob, fitsJob, jobLimit } from "#src/contract/config/fields";

const workflowFile = () =>
  z
    .string()
    .regex(/^[\w.-]+\.ya?ml$/, "expected the name of a file in .github/workflows, such as release.yml")
    .describe("File in `.github/workflows` whose run goes on with the release.");

const observation = {
  workflow: workflowFile(),
  observe: durationInJob().default("120s").describe("How long the run may take to appear; after it, the stage is red."),
  poll: duration().default("5s").describe("Pause between two looks for the run."),
  follow: z
    .boolean()
    .default(false)
    .describe("Whether the stage waits for the run's conclusion and takes it for its own."),
  "follow-timeout": durationInJob().default("60m").describe("How long a followed run may take to conclude."),
};

const next = z.discriminatedUnion("mode", [
  z.strictObject({
    mode: z.literal("call").describe("Later jobs of this very run go on; nothing needs to be started."),
  }),
  z.strictObject({
    mode: z.literal("dispatch").describe("The workflow is dispatched on the tag, and its run is observed."),
    ...observation,
    inputs: z
      .record(z.string(), z.string())
      .default({})
      .describe("Inputs of the workflow; `{tag}`, `{version}` and `{sha}` are filled in."),
  }),
  z.strictObject({
    mode: z
      .literal("token")
      .describe("The tag is pushed with the input `tag-token`, and the run that the push starts is observed."),
    ...observation,
  }),
  z.strictObject({
    mode: z.literal("none").describe("Nothing follows, for the reason given."),
    reason: z.string().min(1).describe("Why nothing follows."),
  }),
]);

const signing = z.strictObject({
  format: z.enum(["ssh", "openpgp"]).describe("Format of the key in the input `signing-key`."),
  signers: z
    .string()
    .min(1)
    .describe(
      "Who may have signed: lines of an allowed-signers file (`ada@example.org ssh-ed25519 …`), or public keys in ASCII armour.",
    ),
});

const defaultMessage = "Release {tag}";

/** How the release is tagged, and what goes on from there. */
export const tagSection = z
  .strictObject({
    kind: z
      .enum(["annotated", "lightweight", "signed"])
      .default("annotated")
      .describe("Kind of the tag; a signed one needs `signing` and the input `signing-key`."),
    target: z
      .enum(["head", "bump-commit"])
      .default("head")
      .describe(
        "Which commit is planned, gated and tagged: `head`, the one that is checked out, or `bump-commit`, the one on the branch itself that set its version.",
      ),
    channel: z
      .enum(["stable", "all"])
      .default("all")
      .describe("Which versions are tagged: `stable` leaves out pre-releases and post-releases, with success."),
    message: z
      .string()
      .regex(/\S$/, "expected a message that does not end in white space")
      .default(defaultMessage)
      .describe("Message of an annotated or signed tag; `{tag}`, `{version}` and `{sha}` are filled in."),
    tagger: z
      .strictObject({
        name: z
          .string()
          .regex(/^[^<>\n]+$/)
          .describe("Name of the tagger."),
        email: z
          .string()
          .regex(/^[^<>\s]+$/)
          .describe("Address of the tagger."),
      })
      .prefault({ name: "github-actions[bot]", email: "41898282+github-actions[bot]@users.noreply.github.com" })
      .describe("Who signs as the tagger; the Actions service's own identity where not told."),
    signing: signing.optional().describe("How the tag is signed, and whose signature counts."),
    manual: z
      .enum(["allow", "refuse"])
      .default("allow")
      .describe("Whether a tag on the right commit counts that was not written as this file says, such as by hand."),
    next: next.prefault({ mode: "call" }).describe("What goes on with the release once the tag is there."),
    "floating-major": z
      .enum(["none", "branch"])
      .default("none")
      .describe("Whether a branch such as `v1` follows the stable releases of its major version, fast-forward only."),
    recover: z
      .enum(["print", "none"])
      .default("print")
      .describe("Whether the summary of a failed tag says how a person may recover; the suite never does it."),
  })
  .superRefine(({ next: way }, context) => {
    if ((way.mode !== "dispatch" && way.mode !== "token") || !way.follow) return;
    const times = [way.observe, way["follow-timeout"]];
    if (!times.every((time) => duration().safeParse(time).success) || fitsJob(...times)) return;
    const message = `${jobLimit}, together with \`observe\``;
    context.addIssue({ code: "custom", path: ["next", "follow-timeout"], message });
  })
  .superRefine(({ kind, message, signing: policy }, context) => {
    if (kind === "lightweight" && message !== defaultMessage) {
      const found = "expected a tag of kind `annotated` or `signed` beside it: a lightweight one has no message";
      context.addIssue({ code: "custom", path: ["message"], message: found });
    }
    if (kind === "signed" && !policy) {
      context.addIssue({ code: "custom", path: ["signing"], message: "expected `signing` for a tag of kind `signed`" });
    }
  });

/** What goes on with the release once the tag is there. */
export type NextPolicy = z.infer<typeof next>;

/** How a tag is signed, and whose signature counts. */
export type SigningPolicy = z.infer<typeof signing>;

/** How the release is tagged. */
export type TagPolicy = z.infer<typeof tagSection>;
