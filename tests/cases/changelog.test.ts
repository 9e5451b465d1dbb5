import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mustGive } from "./answers/answer.ts";
import { answeredElsewhere } from "./answers/table.ts";
import { type Expectation, findCases } from "./case-files.ts";
import { configurationFor } from "./changelog-configurations.ts";
import { prepareGround } from "./ground.ts";
import { type RebuiltCase, rebuildCase } from "./repository.ts";
import { type Answer, type Desk, openDesk } from "./run-plan.ts";

/** What a recorded answer calls a finding, by the code that the shipped plan gives it. */
const findings = new Map([
  ["plan.changelog-section-missing", "section-missing"],
  ["plan.changelog-file-missing", "file-missing"],
  ["plan.changelog-date-mismatch", "date-mismatch"],
  ["plan.changelog-entry-unlinked", "entries-without-issue-link"],
]);

/** The one release that rewrote what earlier versions had said: it added links to their entries. */
const edited = new Map([["untether-12", "found 0.23.3 edited (line 40), 0.23.2 edited (line 49)"]]);

const about = ({ question }: Expectation) => answeredElsewhere[question] === "changelog.test.ts";
const cases = findCases()
  .map((one) => ({ ...one, expectations: one.expectations.filter(about) }))
  .filter(({ expectations }) => expectations.length > 0);

describe.each(cases)("the changelog of $name, judged by the shipped plan-release", (recorded) => {
  let built: RebuiltCase;
  let desk: Desk;

  beforeAll(async () => {
    built = rebuildCase(recorded);
    desk = await openDesk(built.folder);
  });

  afterAll(async () => {
    await desk?.backend.close();
    built?.remove();
  });

  it.each(recorded.expectations)(
    "PLN-51 PLN-53 PLN-55 PLN-56 F25 F26 F27: $id",
    async ({ id, given, expected, why }) => {
      const head = built.idOf(mustGive(given.commit, "its commit"));
      const config = configurationFor(mustGive(given.file, "the changelog's file"));
      const ground = prepareGround(built, { branch: recorded.branch, head, tags: "all" });
      const answer = await desk.ask(ground, { head, inputs: { config }, event: {} });
      const told = tellChangelog(answer);
      expect(told.version, why).toBe(given.version);
      expect(told.edited, why).toBe(edited.get(id));
      expect({ ...told.counts, decision: told.decision, findings: told.findings }, why).toEqual({
        ...told.counts,
        findings: [],
        ...expected,
      });
    },
  );
});

it("F25: every recorded question about a changelog is asked", () => {
  expect(cases.flatMap(({ expectations }) => expectations.map(({ id }) => id))).toHaveLength(14);
});

/** Tells what the record says about this version's section, in the words of the recorded answers; history is asked apart. */
function tellChangelog({ record }: Answer) {
  const checks = record.checks.filter(({ id }) => id.startsWith("changelog-") && id !== "changelog-history");
  const history = record.checks.find(({ id }) => id === "changelog-history");
  const against = checks.filter(({ required, result }) => required && result !== "pass");
  const codes = against.flatMap(({ code }) => findings.get(code ?? "") ?? []);
  const links = checks.find(({ id }) => id === "changelog-links");
  const [, unlinked = "0", entries = "0"] = /^(\d+) of (\d+) entr/.exec(links?.because ?? "") ?? [];
  const [, linked] = /^(\d+) entr.*, 0 without a link$/.exec(links?.because ?? "") ?? [];
  return {
    version: record.release.version,
    decision: against.length === 0 ? "pass" : "block",
    findings: [...new Set(codes)].toSorted(),
    counts: { entries: Number(linked ?? entries), entries_without_link: Number(unlinked) },
    edited: /found .* edited.*$/.exec(history?.because ?? "")?.[0],
  };
}
