import type { VerdictDocument } from "#src/domain/release-verdict";
import { html, link, type Markup } from "#src/report/html";
import { proseHtml } from "#src/report/prose";
import { releaseReportStyle } from "#src/report/release-report-style";
import {
  besideSection,
  checksSection,
  effectsSection,
  gatesSection,
  icon,
  pill,
  section,
  subjectsSection,
  tableOf,
} from "#src/report/release-report-tables";
import {
  chainLinks,
  formatDuration,
  formatMoment,
  headline,
  nameNote,
  type ReleaseStory,
  releaseBefore,
  timeline,
  totalSeconds,
  verdictArtifact,
  verifyCommand,
} from "#src/report/release-report-view";

/** Nothing may be loaded or run: the page is text, style and drawings. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** Writes the report of a release as one page that needs nothing else, neither the network nor scripts. */
export function releaseReportHtml(story: ReleaseStory): string {
  const { document } = story;
  const title = `${headline(document)}: ${document.release.repository} ${document.release.tag ?? ""}`;
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${{ markup: releaseReportStyle }}</style>
</head>
<body class="tone-${resultOf(document)}">
${header(document)}
<main>
${reasonBox(document)}
${chainSection(story)}
${factsSection(document)}
${gatesSection(story)}
${besideSection(story)}
${effectsSection(document)}
${timelineSection(story)}
${checksSection(story)}
${subjectsSection(document)}
${evidenceSection(story)}
</main>
<footer>Written by Seaworthy ${document.suite} as <code>${document.name}</code> (${proseHtml(nameNote)}). Times are UTC. This page loads nothing and runs nothing.</footer>
</body>
</html>
`;
  return page.markup;
}

function resultOf({ verdict }: VerdictDocument): "pass" | "fail" | "inconclusive" | "not-applicable" {
  if (verdict === null) return "not-applicable";
  if (verdict === "Released") return "pass";
  return verdict === "Released-with-override" ? "inconclusive" : "fail";
}

function header(document: VerdictDocument): Markup {
  const { release } = document;
  return html`<header class="band"><div>
<div class="brand"><span>Seaworthy release report</span><span>${moment(document.finished)}</span></div>
<div class="seal">${icon(resultOf(document))}<div><h1>${headline(document)}</h1><p>${release.repository} ${release.tag ?? ""}</p></div></div>
</div></header>`;
}

function reasonBox({ reason, next, checks }: VerdictDocument): Markup {
  const live = checks
    .filter(({ id }) => id === "abort-clean")
    .map(({ because }) => html`<p><strong>Live already:</strong> ${because}</p>`);
  return html`<div class="why"><p><strong>${proseHtml(reason.text)}</strong> <code>${reason.code}</code></p>${live}<p class="next">${proseHtml(next)}</p></div>`;
}

function chainSection(story: ReleaseStory): Markup {
  const links = chainLinks(story).map(({ stage, result, because, seconds }) => {
    const took = seconds === undefined ? "" : formatDuration(seconds);
    return html`<li class="${result}" title="${because}">${icon(result)}<b>${stage}</b><span>${result.replace("-", " ")}</span><i>${took}</i></li>`;
  });
  const end = resultOf(story.document);
  const last = html`<li class="${end}">${icon(end)}<b>verdict</b><span>${headline(story.document)}</span></li>`;
  return section("The chain", html`<ol class="chain">${[...links, last]}</ol>`);
}

function factsSection(document: VerdictDocument): Markup {
  const { release, run, policy: applied } = document;
  const facts: [string, Markup, "wide"?][] = [
    ["Version", html`${release.version ?? "not decided"}`],
    ["Release before", html`${releaseBefore(document)}`],
    ["Mode", html`${release.mode}`],
    ["Run", link(run.url, `run ${run.id}`)],
    ["Started by", html`${run.actor || "unknown"}`],
    ["Began", moment(document.started)],
    ["Last evidence", moment(document.finished)],
    ["Took", html`${formatDuration(totalSeconds(document))}`],
    ["Commit", html`<code>${release.sha}</code>`, "wide"],
    ["Policy (digest of the configuration)", html`<code>${applied ?? "none was applied"}</code>`, "wide"],
    [
      "Plan (digest of all writes; a live run equals its rehearsal)",
      html`<code>${document["plan-digest"]}</code>`,
      "wide",
    ],
  ];
  const cells = facts.map(
    ([name, value, width = ""]) => html`<div class="${width}"><dt>${name}</dt><dd>${value}</dd></div>`,
  );
  return section("Release", html`<dl class="facts">${cells}</dl>`);
}

function moment(instant: string): Markup {
  return html`<time datetime="${instant}">${formatMoment(instant)}</time>`;
}

function timelineSection(story: ReleaseStory): Markup {
  const whole = Math.max(totalSeconds(story.document), 1);
  const bars = timeline(story).map(({ name, result, from, seconds }) => {
    const x = (from / whole) * 996;
    const width = Math.max((seconds / whole) * 1000, 4);
    return html`<div class="bar ${result}"><b>${name}</b><svg viewBox="0 0 1000 16" preserveAspectRatio="none" aria-hidden="true"><rect x="${x.toFixed(1)}" width="${width.toFixed(1)}" height="16"/></svg><span>${formatDuration(seconds)}</span></div>`;
  });
  return section(
    "Timeline",
    bars.length === 0 ? html`<p class="empty">No stage left a record.</p>` : html`<div class="bars">${bars}</div>`,
  );
}

function evidenceSection({ document }: ReleaseStory): Markup {
  const rows = [
    ...document.stages.map(
      ({ file, digest, verdict }) =>
        html`<tr><td class="tight">${pill(verdict)}</td><th scope="row"><code>${file}</code></th><td><code>${digest}</code></td></tr>`,
    ),
    ...document.refused.map(
      ({ artifact: name, code, because }) =>
        html`<tr><td class="tight">${pill("refused")}</td><th scope="row"><code>${name}</code></th><td>${because} <code>${code}</code></td></tr>`,
    ),
  ];
  const how = html`<div class="how"><p>Anyone can check this again, offline:</p><ol>
<li>Download the artifact <code>${verdictArtifact}</code> of the run into a folder.</li>
<li>In a checkout of the suite, run<pre><code>${verifyCommand}</code></pre>It recomputes every digest and link, rules again, and tells the verdict or what differs.</li>
<li>By hand: <code>sha256sum evidence/*.json</code> gives the digests above, and each record names the digests of the records that it relied on under <code>consumed</code>.</li>
</ol></div>`;
  return section("Evidence", html`${tableOf(["Verdict", "Record", "Digest"], rows, "No record was admitted.")}${how}`);
}
