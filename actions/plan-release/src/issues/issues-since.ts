import type { DraftCommit } from "#src/domain/changelog/draft";
import { readSubsections } from "#src/domain/changelog/entries";
import { readChangelog } from "#src/domain/changelog/read";
import { readHeading, rulesOf } from "#src/domain/changelog/rules";
import type { IssueAddress } from "#src/domain/issue-address";
import { referencesIn } from "#src/domain/issue-reference";
import { type Aim, isUnnamed } from "../aim.ts";
import type { Policy, Sighting } from "../facts.ts";
import { auditIssues } from "./audit-issues.ts";
import { changedFiles } from "./changed-files.ts";
import { gatherIssues, type IssuePorts, wantsIssues } from "./gather-issues.ts";
import type { Audited } from "./issue-facts.ts";

/** Audits the issues of what is released; undefined where nothing hangs on them, or the range is not known. */
export async function issuesSince(
  policy: Policy,
  { aim, sighting }: { aim: Aim; sighting: Sighting },
  ports: IssuePorts,
): Promise<Audited> {
  const { head, shallow } = sighting.checkout;
  if (!wantsIssues(policy) || isUnnamed(aim.base) || shallow) return undefined;
  const base = aim.base.kind === "base" ? aim.base.at.commit : null;
  if (base !== null && (await ports.local.isAncestor(base, head)) === "unknown") return undefined;
  const facts = await gatherIssues(policy, { base, head, described: describedIn(policy, aim, sighting) }, ports);
  const audit = auditIssues(policy, facts);
  return { facts: { ...facts, paths: await changedFiles(audit.links, ports.local) }, audit };
}

/** The issues that the version's section links to: those of the project, and of other repositories that were listed. */
function describedIn(
  { changelog, issuesUrl, home, issues }: Policy,
  { version }: Aim,
  sighting: Sighting,
): IssueAddress[] {
  if (issues.audit === "off" || changelog.format === "none" || isUnnamed(version)) return [];
  const { heading } = rulesOf(changelog.format, changelog);
  const { sections, links } = readChangelog(sighting.changelog ?? "");
  const own = sections.filter((one) => readHeading(one.heading, heading).version === version.text);
  const targets = own.flatMap((one) =>
    readSubsections(one, links).flatMap(({ entries }) => entries.flatMap((entry) => entry.links)),
  );
  const places = [home.repository, ...issues.repositories].map((one) => one.toLowerCase());
  return targets.flatMap(({ target }) =>
    referencesIn(target, home).filter(
      ({ repository }) => places.includes(repository) || target.toLowerCase().startsWith(issuesUrl.toLowerCase()),
    ),
  );
}

/** The labels of each commit: those that were handed in, else those of its issues and pull requests. */
export function labelsFor({ labels }: Pick<Policy, "labels">, audited: Audited): Policy["labels"] {
  if (labels.size > 0 || !audited) return labels;
  const told = audited.audit.links.flatMap(({ commit, issues, pulls }): [string, string[]][] => {
    const all = [...issues, ...pulls].flatMap((one) => one.labels);
    return all.length > 0 ? [[commit.sha, all]] : [];
  });
  return new Map(told);
}

/** Gives drafted entries the issues that the audit found in the project's own repository, and no other number. */
export function withAuditedIssues(
  { issues, home }: Pick<Policy, "issues" | "home">,
  commits: DraftCommit[] | undefined,
  audited: Audited,
): DraftCommit[] | undefined {
  if (issues.audit === "off" || !audited) return commits;
  const own = home.repository.toLowerCase();
  const found = new Map(
    audited.audit.links.map(({ commit, issues: linked }) => [
      commit.sha,
      linked.filter(({ repository }) => repository === own).map(({ number }) => String(number)),
    ]),
  );
  return commits?.map((commit) => ({ ...commit, issues: found.get(commit.sha) ?? [] }));
}
