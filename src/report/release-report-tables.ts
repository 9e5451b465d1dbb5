import { approvalLeg } from "#src/domain/approval";
import type { VerdictDocument } from "#src/domain/release-verdict";
import { html, type Markup } from "#src/report/html";
import {
  besideTheVerdict,
  emptyTables,
  type FindingRow,
  findingsOf,
  formatDuration,
  gateRows,
  type ReleaseStory,
  verdictFindings,
} from "#src/report/release-report-view";

/** Shows a result as a mark with its word, so that no one depends on colour. */
export function pill(result: string): Markup {
  return html`<span class="pill ${result}">${icon(result)}${result.replace("-", " ")}</span>`;
}

/** An advisory finding that is no pass blocks nothing: it says so, and is amber instead of red. */
function resultOf({ result, required }: FindingRow): Markup {
  if (required || result !== "fail") return pill(result);
  return html`<span class="pill advisory">${icon("advisory")}fail (advisory)</span>`;
}

/** Draws the mark of a result; the word stands beside it, so it is hidden from readers. */
export function icon(result: string): Markup {
  const strokes: Record<string, string> = {
    pass: "M4 12.5l5.5 5.5L20 6.5",
    done: "M4 12.5l5.5 5.5L20 6.5",
    already: "M4 12.5l5.5 5.5L20 6.5",
    fail: "M5.5 5.5l13 13M18.5 5.5l-13 13",
    refused: "M5.5 5.5l13 13M18.5 5.5l-13 13",
    inconclusive: "M8 8.5a4 4 0 1 1 5.6 3.7c-1.1.5-1.6 1.2-1.6 2.3M12 18.5v.6",
  };
  const path = strokes[result] ?? "M5 12h14";
  return html`<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="3" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="${path}"/></svg>`;
}

/** Shows the gates: result, what was asked, why, and how long it took. */
export function gatesSection(story: ReleaseStory): Markup {
  const rows = gateRows(story).map(
    (row) =>
      html`<tr><td class="tight">${resultOf(row)}</td><th scope="row">${row.stage}${advisory(row)}</th><td data-label="Check">${row.title}</td><td class="soft" data-label="Because">${row.because}${codeOf(row)}</td><td class="tight soft" data-label="Took">${formatDuration(row.seconds)}</td></tr>`,
  );
  return section("Gates", tableOf(["Result", "Gate", "Check", "Because", "Took"], rows, "No gate left a record."));
}

/** Shows every check of every stage, the verdict's own last. */
export function checksSection({ document, records }: ReleaseStory): Markup {
  const groups = [
    ...records
      .filter(({ stage, leg }) => stage !== "release-gates" || leg === "" || leg === approvalLeg)
      .map(findingsOf),
    verdictFindings(document),
  ];
  const rows = groups.flatMap((group) => {
    const [first] = group;
    return first
      ? [html`<tr class="group"><th scope="rowgroup" colspan="3">${first.stage}</th></tr>`, ...group.map(checkRow)]
      : [];
  });
  return section("Checks", tableOf(["Result", "Check", "Because"], rows, "No check ran."));
}

/** Shows what is never folded into the verdict: advisory findings, what did not apply, overrides and leftovers. */
export function besideSection(story: ReleaseStory): Markup {
  const { overrides, leftovers } = story.document;
  const rows = [
    ...besideTheVerdict(story).map(
      (row) =>
        html`<tr><td class="tight">${resultOf(row)}</td><th scope="row">${row.stage}: ${row.title}</th><td class="soft">${row.because}${codeOf(row)}</td></tr>`,
    ),
    ...overrides.map(
      ({ code, actor, at, reason }) =>
        html`<tr><td class="tight">overridden</td><th scope="row"><code>${code}</code></th><td class="soft">${reason} (${actor}, ${at})</td></tr>`,
    ),
    ...leftovers.map(
      ({ code, what, replay }) =>
        html`<tr><td class="tight">left over</td><th scope="row"><code>${code}</code></th><td class="soft">${what}: <code>${replay}</code></td></tr>`,
    ),
  ];
  return section("Beside the verdict", tableOf(["What", "Where", "Why"], rows, emptyTables.beside));
}

/** Shows every write to the world and what became of it. */
export function effectsSection({ effects }: VerdictDocument): Markup {
  const rows = effects.map(
    ({ stage, kind, target, precondition, wanted, state }) =>
      html`<tr><td class="tight">${pill(state)}</td><th scope="row">${kind} <code>${target}</code></th><td class="soft brief" data-label="Only if">${precondition}</td><td data-label="Wanted"><code>${wanted}</code></td><td class="tight soft" data-label="Stage">${stage}</td></tr>`,
  );
  const head = ["State", "Effect", "Only if", "Wanted", "Stage"];
  return section("Effects", tableOf(head, rows, emptyTables.effects));
}

/** Shows the built files with their digests. */
export function subjectsSection({ subjects }: VerdictDocument): Markup {
  const rows = subjects.map(({ name, digest }) => {
    const digests = Object.entries(digest).map(([algorithm, hex]) => html`<div><code>${algorithm}:${hex}</code></div>`);
    return html`<tr><th scope="row">${name}</th><td>${digests}</td></tr>`;
  });
  return section("Built files", tableOf(["File", "Digest"], rows, "No build left a record."));
}

/** A titled section of the page. */
export function section(title: string, content: Markup): Markup {
  const id = title.toLowerCase().replaceAll(" ", "-");
  return html`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2><div class="card">${content}</div></section>`;
}

/** A table whose cells stand below each other on narrow screens, with the label that they carry; without rows, a sentence. */
export function tableOf(head: string[], rows: Markup[], empty: string): Markup {
  if (rows.length === 0) return html`<p class="empty">${empty}</p>`;
  const cells = head.map((title) => html`<th scope="col">${title}</th>`);
  return html`<div class="scroll" tabindex="0"><table><thead><tr>${cells}</tr></thead><tbody>${rows}</tbody></table></div>`;
}

function checkRow(row: FindingRow): Markup {
  return html`<tr><td class="tight">${resultOf(row)}</td><td>${row.title}${advisory(row)}</td><td class="soft">${row.because}${codeOf(row)}</td></tr>`;
}

/** A failed advisory finding says what it is beside its result. */
function advisory({ result, required, overridden }: FindingRow): string {
  return (required || result === "fail" ? "" : " (advisory)") + (overridden ? " (overridden)" : "");
}

function codeOf({ code }: FindingRow): Markup {
  return code === "" ? html`` : html` <code>${code}</code>`;
}
