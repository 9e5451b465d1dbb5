import type { Code } from "#src/domain/catalogue";
import { question } from "#src/domain/question";
import type { Check } from "#src/domain/verdict";
import type { CheckoutFacts } from "#src/ports/checkout";
import type { RemoteRefs, RemoteSilence } from "#src/ports/remote-refs";
import type { AuditFindings } from "./audit-summary.ts";

const nameLimit = 50;

/** Judges an audit: it must have been made, on a whole history; what it found is advice. */
export function judgeAudit(audit: {
  checkout: CheckoutFacts;
  remote: RemoteRefs | RemoteSilence;
  findings: AuditFindings | undefined;
  asked: string;
}): Check[] {
  const made = question("audit", "The history and the tags were read");
  const { checkout, remote, findings, asked } = audit;
  if (!remote.known)
    return [made.unsure("plan.remote-unknown", `expected the remote's tags, found: ${remote.because}`)];
  if (checkout.shallow)
    return [made.unsure("plan.history-truncated", "expected the whole history, found a shallow clone")];
  if (!findings) return [made.fail("plan.base-absent-remote", `expected ${asked} on the remote, found no such tag`)];
  if (findings.versions === 0)
    return [made.unsure("plan.version-source-missing", "expected versions in the history, found none")];
  return [made.pass(`${findings.versions} versions and ${findings.tags} tags`), ...advice(findings)];
}

function advice(findings: AuditFindings): Check[] {
  const untagged = findings["untagged-versions"].map(({ version }) => version);
  const mismatched = findings["mismatched-tags"].map(({ tag, carries }) => `${tag} (${carries ?? "no version"})`);
  return [
    listed({ id: "audit-untagged", title: "Every stable version has a tag", code: "plan.audit-untagged" }, untagged),
    listed(
      { id: "audit-tags", title: "Every tag names the version of its commit", code: "plan.audit-tag-mismatch" },
      mismatched,
    ),
    unreadable(findings["unreadable-tags"]),
    listed(
      { id: "audit-annotated", title: "Every release tag is an object", code: "plan.audit-lightweight" },
      findings["lightweight-tags"],
    ),
    listed(
      { id: "audit-released", title: "Every tag has a published release", code: "plan.audit-unreleased" },
      findings["unreleased-tags"],
    ),
  ];
}

function listed({ id, title, code }: { id: string; title: string; code: Code }, found: string[] | null): Check {
  const ask = question(id, title, false);
  if (found === null)
    return ask.notApplicable("plan.not-applicable", "this was not asked for, or nobody could be asked");
  if (found.length === 0) return ask.pass("none that does not");
  const more = found.length > nameLimit ? ` and ${found.length - nameLimit} more` : "";
  return ask.fail(code, `found ${found.slice(0, nameLimit).join(", ")}${more}`);
}

function unreadable(tags: string[]): Check {
  const ask = question("audit-reach", "Every tagged commit is in the checkout", false);
  return tags.length === 0
    ? ask.pass("all are")
    : ask.unsure("plan.audit-incomplete", `found ${tags.length} out of reach: ${tags.slice(0, nameLimit).join(", ")}`);
}
