import type { GateOf } from "#src/contract/config/gates";
import type { Code } from "#src/domain/catalogue";
import type { MarkerCommit } from "./marker-commit.ts";

type Policy = Pick<GateOf<"attestation">, "testers" | "signed">;
type Complaint = { result?: "inconclusive"; code: Code; because: string };

const code = "gates.attestation-signer";

/** Holds a marker's tester against the commit that last changed it: its author, and where asked for its signature. */
export function judgeSigner(
  { testers, signed }: Policy,
  { marker: { tester }, path, change }: { marker: { tester: string }; path: string; change: MarkerCommit | undefined },
): Complaint | undefined {
  const emails = testers.filter(({ name }) => name === tester).map(({ email }) => email.toLowerCase());
  if (emails.length === 0) {
    return { code, because: `expected one of ${testers.map(({ name }) => name).join(", ")}, found ${tester}` };
  }
  if (!change) {
    const because = `expected git to tell who last changed ${path}, found that it cannot: fetch the whole history`;
    return { result: "inconclusive", code, because };
  }
  const by = `${emails.join(" or ")} as author of ${change.sha}, which last changed ${path}`;
  if (!emails.includes(change.author.toLowerCase())) return { code, because: `expected ${by}, found ${change.author}` };
  return signed ? judgeSignature(emails, change) : undefined;
}

/** GitHub verifies a signature for the committer's address; so that must be the tester's, too. */
function judgeSignature(emails: string[], { sha, committer, signature }: MarkerCommit): Complaint | undefined {
  if (!emails.includes(committer.toLowerCase())) {
    return {
      code,
      because: `expected ${sha} to be committed and signed by ${emails.join(" or ")}, found ${committer}`,
    };
  }
  if (signature?.verified) return undefined;
  return { code, because: `expected a verified signature on ${sha}, found ${signature?.reason ?? "none"}` };
}
