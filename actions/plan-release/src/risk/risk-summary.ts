import { type ChangeKind, changeKinds } from "#src/domain/changes/kinds";
import type { RiskDocument } from "#src/domain/changes/risk-document";
import { escapeMarkdown, inlineCode, table } from "#src/report/markdown";

const shownLines = 40;

const titles: Record<ChangeKind, string> = {
  breaking: "Breaking",
  security: "Security",
  features: "Features",
  fixes: "Fixes",
  other: "Other",
};

/** Renders what the plan decided from the changes: by component and kind, the risk and its reasons, and what follows. */
export function riskSummary(risk: RiskDocument): string {
  const { changes } = risk;
  const heads = changeKinds.map((kind) => titles[kind]);
  const counts = (kinds: RiskDocument["changes"]["kinds"]) => changeKinds.map((kind) => String(kinds[kind]));
  const known = (files: number | null) => (files === null ? "" : String(files));
  const parts = table(
    ["Component", "Files", ...heads],
    [
      ...changes.components.map(({ id, files, kinds }) => [inlineCode(id), known(files), ...counts(kinds)]),
      ["all", known(changes.files), ...counts(changes.kinds)],
    ],
  );
  const lines = changes.lines
    .slice(0, shownLines)
    .map(({ kind, components, tickets, subject, sha }) => [
      titles[kind],
      components.map(inlineCode).join(" "),
      tickets.map(inlineCode).join(" "),
      escapeMarkdown(subject),
      inlineCode(sha.slice(0, 12)),
    ]);
  const more = changes.lines.length - lines.length + changes["left-out"];
  const listed = table(["Kind", "Component", "Ticket", "Change", "Commit"], lines);
  const rest = more > 0 ? `\n\n_${more} more; risk.json lists what is counted here._` : "";
  const folded = lines.length === 0 ? [] : [`<details><summary>Changes</summary>\n\n${listed}${rest}\n\n</details>`];
  return ["### Changes and risk", decided(risk), parts, ...folded].join("\n\n");
}

function decided({ risk, deployment, "release-type": type, tiers, gates, ...rest }: RiskDocument): string {
  const reasons =
    risk.reasons.map(({ level, because }) => `${level}: ${because}`).join("; ") || "no rule found a reason";
  const { recommended, because, rollback, environment } = deployment;
  const out = gates.filter(({ applies }) => !applies);
  const rows = [
    ["Release", `${type}: ${rest["release-type-because"]}`],
    ["Risk", `${risk.level} (${reasons})`],
    ["Environment", environment ?? "none"],
    ["Strategy", `${recommended ?? "none"}: ${because}`],
    ["Rollback to", rollback ?? "nothing"],
    ["Tiers", tiers.map((one) => `${one.tier} (${one.because})`).join("; ") || "none required"],
    ["Tests that must run", rest["must-run"].map(({ test }) => test).join(", ") || "none required"],
    ["Gates left out", out.map((one) => `${one.id} (${one.because})`).join("; ") || "none"],
  ];
  return table(
    ["Decided", "What and why"],
    rows.map((row) => row.map(escapeMarkdown)),
  );
}
