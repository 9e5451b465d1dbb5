import { describe, expect, it } from "vitest";
import { aCheck, anOverride, aRecord, aRelease } from "#src/testing/builders";
import { aChain } from "#src/testing/release-chain";
import { aVerdict } from "#src/testing/release-story";
import { releaseReportHtml } from "./release-report-html.ts";
import { releaseReportMarkdown } from "./release-report-markdown.ts";
import { formatDuration } from "./release-report-view.ts";

const records = aChain().map(({ record }) => record);
const story = { document: aVerdict(), records };

const hostile = `<img src=x onerror=alert(1)> | "quoted" \`tick\` @octo \u202Eevil`;
const hostileStory = {
  document: aVerdict({
    release: aRelease({ repository: hostile, tag: hostile, version: hostile, base: hostile }),
    reason: { code: "all.unexpected", text: hostile },
    run: { id: hostile, url: "javascript:alert(1)", actor: hostile },
    checks: [
      aCheck({ id: "stage-plan-release", title: hostile, because: hostile, result: "fail", code: "all.not-run" }),
    ],
    refused: [{ artifact: hostile, code: "all.evidence-mismatch", because: hostile }],
    effects: [
      { stage: "auto-tag", kind: hostile, target: hostile, precondition: hostile, wanted: hostile, state: "done" },
    ],
    overrides: [{ code: "all.not-run", actor: hostile, at: "2026-01-01T12:00:00Z", reason: hostile }],
    leftovers: [{ id: "x", created: "2026-01-01T12:00:00Z", code: "all.not-run", what: hostile, replay: hostile }],
    subjects: [{ name: hostile, digest: { [hostile]: hostile } }],
    next: hostile,
  }),
  records: aChain({
    changes: {
      "release-gates": {
        checks: [
          aCheck({
            id: hostile,
            title: hostile,
            because: hostile,
            required: false,
            result: "fail",
            code: "all.not-run",
          }),
        ],
      },
    },
  }).map(({ record }) => record),
};

/** The bare structure of a page: its headings, and the classes of what stands in the chain and the timeline. */
function structureOf(page: string) {
  const all = (pattern: RegExp) => [...page.matchAll(pattern)].map(([, found]) => found);
  return {
    heading: all(/<h1>(.*?)<\/h1>/g),
    sections: all(/<h2 id="[^"]*">(.*?)<\/h2>/g),
    chain: all(/<li class="([^"]*)"/g),
    bars: all(/<div class="bar ([^"]*)">/g),
  };
}

describe("the page of a release", () => {
  it("has the verdict, the chain as a picture, and a section for each question of a reader", () => {
    expect(structureOf(releaseReportHtml(story))).toEqual({
      heading: ["Released"],
      sections: [
        "The chain",
        "Release",
        "Gates",
        "Beside the verdict",
        "Effects",
        "Timeline",
        "Checks",
        "Built files",
        "Evidence",
      ],
      chain: Array.from({ length: 8 }, () => "pass"),
      bars: Array.from({ length: 7 }, () => "pass"),
    });
  });

  it("shows a failed advisory finding as advisory and amber, and a required one as failed and red", () => {
    const checks = [
      aCheck({ id: "date", title: "Dated", required: false, result: "fail", code: "plan.changelog-date-mismatch" }),
      aCheck({ id: "held", title: "Held", result: "fail", code: "all.tool-missing" }),
    ];
    const chain = aChain({ changes: { "plan-release": { checks } } }).slice(0, 1);
    const page = releaseReportHtml({ document: aVerdict({}, chain), records: chain.map(({ record }) => record) });
    const pills = [...page.matchAll(/<span class="pill (advisory|fail)">(?:<svg.*?<\/svg>)([^<]*)</g)];
    expect(pills.map(([, tone, word]) => `${tone}: ${word}`)).toEqual([
      "advisory: fail (advisory)",
      "advisory: fail (advisory)",
      "fail: fail",
    ]);
    expect(page).toMatch(/\.advisory \{ --mark: var\(--doubt\)/);
  });

  it("shows a stage without a record as missing, and the end as failed", () => {
    const checks = [
      aCheck({ id: "stage-plan-release" }),
      aCheck({ id: "stage-release-gates", result: "fail", code: "verdict.stage-skipped", because: "skipped" }),
    ];
    const document = aVerdict({ verdict: "Aborted", outcome: "blocked", checks });
    const page = releaseReportHtml({ document, records: records.slice(0, 1) });
    expect(structureOf(page)).toMatchObject({
      heading: ["Aborted"],
      chain: ["pass", "missing", "fail"],
      bars: ["pass"],
    });
  });

  it("shows a stage that could not tell as inconclusive, though it blocks", () => {
    const unsure = {
      checks: [aCheck({ result: "inconclusive", code: "all.tool-missing" })],
      verdict: { result: "inconclusive" as const, "decided-by": ["one"] },
    };
    const chain = aChain({ changes: { "plan-release": unsure } }).slice(0, 1);
    const checks = [aCheck({ id: "stage-plan-release", result: "fail", code: "all.tool-missing" })];
    const document = aVerdict({ verdict: "Aborted", checks }, chain);
    const told = { document, records: chain.map(({ record }) => record) };
    expect(structureOf(releaseReportHtml(told)).chain).toEqual(["inconclusive", "fail"]);
    expect(releaseReportMarkdown({ ...told, document: { ...document, checks } })).toContain("❔ inconclusive");
  });

  it("shows a stage as failed whose own checks do not support that it could not tell", () => {
    const torn = {
      checks: [aCheck({ result: "fail", code: "all.tool-missing" })],
      verdict: { result: "inconclusive" as const, "decided-by": ["one"] },
    };
    const chain = aChain({ changes: { "plan-release": torn } }).slice(0, 1);
    const checks = [aCheck({ id: "stage-plan-release", result: "fail", code: "all.evidence-mismatch" })];
    const page = releaseReportHtml({
      document: aVerdict({ checks }, chain),
      records: chain.map(({ record }) => record),
    });
    expect(structureOf(page).chain[0]).toBe("fail");
  });

  it.each([
    ["a plan that passed found none", "pass" as const, "none"],
    ["the plan did not pass", "inconclusive" as const, "not determined"],
  ])("says of the release before, when %s: %s", (_when, result, said) => {
    const chain = aChain({ changes: { "plan-release": { verdict: { result, "decided-by": ["one"] } } } });
    const document = aVerdict({ release: aRelease({ base: null }) }, chain);
    expect(releaseReportHtml({ document, records })).toContain(`<dt>Release before</dt><dd>${said}</dd>`);
    expect(releaseReportMarkdown({ document, records })).toContain(`| Release before | ${said} |`);
  });

  it("shows code in what is next as code, and says what `none` in its name is", () => {
    const document = aVerdict({ next: "Set `fetch-depth: 0`." });
    expect(releaseReportHtml({ document, records })).toContain('<p class="next">Set <code>fetch-depth: 0</code>.</p>');
    expect(releaseReportMarkdown({ document, records })).toContain("**Next:** Set `fetch-depth: 0`.");
    expect(releaseReportHtml({ document, records })).toContain("<code>none</code> in the name: no environment");
  });

  it("labels the cells that stand below each other on a narrow screen", () => {
    const page = releaseReportHtml(story);
    for (const label of ["Check", "Because", "Took", "Only if", "Wanted", "Stage"])
      expect(page).toContain(`data-label="${label}"`);
  });

  it("ALL-07: marks an overridden finding in both forms", () => {
    const override = anOverride({ reason: "a fix for one" });
    const check = aCheck({ id: "two", title: "Above", result: "fail", code: override.code, override });
    const records = [aRecord({ checks: [aCheck(), check] })];
    expect(releaseReportHtml({ ...story, records })).toContain("Above (overridden)");
    expect(releaseReportMarkdown({ ...story, document: aVerdict({ checks: [check] }), records })).toContain(
      "⚠️ fail, overridden",
    );
  });

  it("never shows an override as plain success", () => {
    const page = releaseReportHtml({ ...story, document: aVerdict({ verdict: "Released-with-override" }) });
    expect(page).toContain('<body class="tone-inconclusive">');
  });

  it("says what is live although aborted, right under the reason", () => {
    const checks = [
      aCheck({ id: "abort-clean", result: "fail", code: "verdict.abort-not-clean", because: "tag v1 is there" }),
    ];
    const page = releaseReportHtml({ ...story, document: aVerdict({ verdict: "Aborted", checks }) });
    expect(page).toContain("<strong>Live already:</strong> tag v1 is there");
  });

  it("loads nothing and runs nothing", () => {
    const page = releaseReportHtml(story);
    expect(page).toContain("default-src &#39;none&#39;");
    expect(page).not.toMatch(/<script|<link|<img|<iframe|@import|url\(|\son\w+=/i);
    expect(page.match(/https?:\/\/[^"<\s]+/g)).toEqual([story.document.run.url]);
  });

  it("keeps hostile texts as text, wherever they stand", () => {
    const page = releaseReportHtml(hostileStory);
    expect(page).not.toMatch(/<img|javascript:|\u202E/);
    expect(page.match(/&lt;img src=x onerror=alert\(1\)&gt;/g)?.length).toBeGreaterThan(20);
    expect(structureOf(page).sections).toHaveLength(9);
  });

  it("closes every element that it opens", () => {
    for (const page of [releaseReportHtml(story), releaseReportHtml(hostileStory)]) expect(unclosed(page)).toEqual([]);
  });

  it("stands without any evidence", () => {
    const document = aVerdict({ verdict: "Aborted", stages: [], checks: [], effects: [], subjects: [] });
    const page = releaseReportHtml({ document, records: [] });
    expect(page).toContain("No record was admitted.");
    expect(page).toContain("This run writes nothing to the world.");
  });

  it("is a function of the evidence: the same story gives the same bytes", () => {
    expect(releaseReportHtml(story)).toBe(releaseReportHtml({ document: aVerdict(), records }));
  });
});

describe("the report as Markdown", () => {
  it("has the same content as the page", () => {
    const text = releaseReportMarkdown(story);
    const titles = [...text.matchAll(/^#+ (.*)$/gm)].map(([, title]) => title);
    expect(titles).toEqual([
      "Released: octo/tide v1.1.0",
      "The chain",
      "Gates",
      "Beside the verdict",
      "Effects",
      "Timeline",
      "Built files",
      "Evidence",
    ]);
    for (const { digest } of story.document.stages) expect(text).toContain(digest);
  });

  it("keeps hostile texts inside their cells", () => {
    const text = releaseReportMarkdown(hostileStory);
    for (const outside of text.split("\n").map((line) => line.replace(/(`+).*?\1/g, "")))
      expect(outside).not.toMatch(/<img|@octo/);
    const columns = tableWidths(text);
    expect(columns.every(({ head, cells }) => cells.every((count) => count === head))).toBe(true);
  });
});

describe("a duration for people", () => {
  it.each([
    [0, "under 1 s"],
    [1, "1 s"],
    [59, "59 s"],
    [60, "1 min 0 s"],
    [3599, "59 min 59 s"],
    [3600, "1 h 0 min"],
  ])("%i seconds are %s", (seconds, shown) => {
    expect(formatDuration(seconds)).toBe(shown);
  });
});

/** Elements that are left open, or closed without being open. */
function unclosed(page: string): string[] {
  const open: string[] = [];
  const wrong: string[] = [];
  for (const [tag, slash, name = "", closed] of page.matchAll(/<(\/?)([a-z][a-z0-9]*)\b[^>]*?(\/?)>/g)) {
    if (["meta", "path", "rect", "br"].includes(name) || closed) continue;
    if (!slash) open.push(name);
    else if (open.pop() !== name) wrong.push(tag);
  }
  return [...wrong, ...open];
}

/** Cells of each table row, compared with the head of its table; an escaped bar separates nothing. */
function tableWidths(text: string): { head: number; cells: number[] }[] {
  const width = (line: string) => line.replace(/\\\|/g, "").split("|").length;
  const blocks = text.split("\n\n").filter((block) => block.startsWith("|"));
  return blocks.map((block) => {
    const [head = "", ...rows] = block.split("\n");
    return { head: width(head), cells: rows.map(width) };
  });
}

describe("people's answers in the report", () => {
  const answered = aChain({ approval: {} });
  const told = { document: aVerdict({}, answered), records: answered.map(({ record }) => record) };

  it("GAT-57: stand among the gates and among the checks, with who approved", () => {
    expect(releaseReportHtml(told).match(/approved by grace/g)).toHaveLength(2);
    expect(releaseReportMarkdown(told)).toContain("approved by grace");
    expect(releaseReportHtml(story)).not.toContain("approved by grace");
  });
});
