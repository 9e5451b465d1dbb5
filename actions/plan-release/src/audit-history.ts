import type { Config } from "#src/contract/config/schema";
import { type AuditedTag, mismatchedTags, releaseTags, untaggedVersions } from "#src/domain/audit-findings";
import { canonicalJson, digestOf } from "#src/domain/digest";
import type { Mode } from "#src/domain/release";
import type { StageReport } from "#src/domain/report";
import type { CheckoutFacts } from "#src/ports/checkout";
import type { RemoteRefs } from "#src/ports/remote-refs";
import { configAttachment } from "#src/stage-context";
import { type AuditFindings, auditSummary } from "./audit-summary.ts";
import type { Policy, RunFacts } from "./facts.ts";
import type { Ports } from "./gather.ts";
import { judgeAudit } from "./judge-audit.ts";
import { declaredAt, declaringPaths, versionsAlong } from "./version-history.ts";

/** Format of the audit's file. */
const auditFormat = "seaworthy-audit/1";

/** What an audit is made on. */
export interface AuditSetting {
  run: RunFacts & { repository: string };
  mode: Mode;
  config: Config;
  checkout: CheckoutFacts;
}

/**
 * Reports on the history of the branch that is checked out: versions never tagged, tags whose commit carries another
 * version, tags never released, and lightweight tags where tags are to be objects. It releases nothing and refuses nothing
 * that it found; only an audit that could not be made blocks. The input `base-tag` says after which tag it begins.
 */
export async function auditHistory(policy: Policy, setting: AuditSetting, ports: Ports): Promise<StageReport> {
  const { config, checkout, run, mode } = setting;
  const remote = await ports.remote.refs();
  const findings = remote.known ? await findAll(policy, { ...setting, remote }, ports) : undefined;
  const checks = judgeAudit({ checkout, remote, findings, asked: policy.baseTag });
  return {
    checks,
    next: "Read audit.json; nothing was released, and nothing was changed.",
    release: {
      repository: run.repository,
      component: config.component,
      tag: null,
      version: null,
      sha: checkout.head,
      base: policy.baseTag || null,
      mode,
    },
    policy: digestOf(config),
    attachments: [
      { name: configAttachment, content: canonicalJson(config) },
      { name: "audit.json", content: canonicalJson({ schema: auditFormat, head: checkout.head, ...findings }) },
    ],
    noRelease: true,
    summary: findings ? auditSummary(findings) : "",
  };
}

async function findAll(
  policy: Policy,
  { remote, checkout, config }: AuditSetting & { remote: RemoteRefs },
  ports: Ports,
): Promise<AuditFindings | undefined> {
  const pattern = policy.version["tag-pattern"];
  const since = policy.baseTag === "" ? null : remote.tags.get(policy.baseTag);
  if (since === undefined) return undefined;
  const names = releaseTags(remote.tags.keys(), pattern);
  const [declared, tags, released] = await Promise.all([
    versionsAlong(policy.version.sources[0], { base: since, tip: checkout.head }, ports.local),
    auditedTags(policy, { names, remote }, ports),
    ports.released?.(),
  ]);
  return {
    since: policy.baseTag || null,
    versions: new Set(declared.map(({ text }) => text)).size,
    tags: names.length,
    "untagged-versions": untaggedVersions(declared, remote.tags.keys(), pattern),
    "mismatched-tags": mismatchedTags(tags, pattern).map(({ carries, ...tag }) => ({
      ...tag,
      carries: carries ?? null,
    })),
    "unreadable-tags": tags.filter(({ carries }) => carries === undefined).map(({ tag }) => tag),
    "lightweight-tags": lightweight(names, remote, config.tag.kind),
    "unreleased-tags": released ? names.filter((tag) => !released.has(tag)) : null,
  };
}

async function auditedTags(
  { version: { sources } }: Policy,
  { names, remote }: { names: string[]; remote: RemoteRefs },
  { local }: Ports,
): Promise<AuditedTag[]> {
  const [source] = sources;
  if (!source || declaringPaths(source).length === 0) return [];
  const commits = names.map((tag) => remote.tags.get(tag) ?? "");
  const read = await declaredAt(source, commits, local);
  return names.map((tag, index) => {
    const found = read[index]?.reading.found;
    const carries = found && (found.kind === "value" ? found.text : null);
    return { tag, commit: commits[index] ?? "", carries };
  });
}

/** Null where lightweight tags are what the configuration asks for, or where nobody told what the tags are. */
function lightweight(names: string[], { annotated }: RemoteRefs, kind: Config["tag"]["kind"]): string[] | null {
  return kind === "lightweight" || !annotated ? null : names.filter((tag) => !annotated.has(tag));
}
