import { question } from "#src/domain/question";
import type { Check } from "#src/domain/verdict";
import type { BuildRun } from "#src/ports/build-runs";
import type { ProvenanceFacts } from "./facts.ts";

/** Judges the run that built: it is there, it is of the named workflow in this repository, and it succeeded. */
export function judgeRun(facts: ProvenanceFacts): Check[] {
  const workflow = question("workflow", "The build was made by the workflow that may make it");
  const success = question("run", "The run that built has succeeded");
  const { run, policy } = facts;
  if (!policy) {
    const because = "expected `provenance.workflow` in the configuration, found none";
    return [workflow.unsure("publish.wrong-workflow", because), judgeConclusion(facts)];
  }
  if (run === undefined) {
    const code = facts.builds.length === 0 ? "publish.metadata-missing" : "publish.metadata-mismatch";
    const because = `expected the builds to name one run, found ${facts.builds.length === 0 ? "no build" : "several"}`;
    return [workflow, success].map((ask) => ask.unsure(code, because));
  }
  if (run === "absent") {
    const because = "expected the run that the build names, found none";
    return [workflow, success].map((ask) => ask.fail("publish.build-run-not-found", because));
  }
  if (run.source !== facts.release.repository) {
    const because = `expected a run of this repository's own commits, found one of ${run.source || "a repository that is gone"}`;
    return [workflow.fail("publish.wrong-workflow", because, [run.url]), judgeConclusion(facts)];
  }
  const wanted = `${facts.release.repository}/.github/workflows/${policy.workflow}`;
  const found = `${run.repository}/${run.workflow}`;
  return [
    found === wanted
      ? workflow.pass(found, [run.url])
      : workflow.fail("publish.wrong-workflow", `expected ${wanted}, found ${found}`, [run.url]),
    judgeConclusion(facts),
  ];
}

function judgeConclusion(facts: ProvenanceFacts): Check {
  const ask = question("run", "The run that built has succeeded");
  const { run, jobs } = facts;
  if (run === undefined || run === "absent") {
    return ask.unsure("publish.build-run-not-found", "expected one run that built, found none");
  }
  const wanted = facts.policy?.jobs ?? [];
  if (run.finished && run.conclusion === "success") return ask.pass(`run ${run.id} concluded success`, [run.url]);
  if (wanted.length > 0) {
    const lacking = wanted.filter((name) => !jobs.some((job) => job.name === name && job.conclusion === "success"));
    return lacking.length === 0
      ? ask.pass(`in run ${run.id} ${wanted.join(", ")} succeeded; the run itself: ${endOf(run)}`, [run.url])
      : ask.fail(
          "publish.run-not-success",
          `expected ${lacking.join(", ")} to have succeeded, found ${told(facts, lacking)}`,
          [run.url],
        );
  }
  return judgeOwn(facts, run);
}

/** The run that asks has not ended yet: what it has built stands if no job of it broke off before. */
function judgeOwn({ ownRun, jobs }: ProvenanceFacts, run: BuildRun): Check {
  const ask = question("run", "The run that built has succeeded");
  if (run.finished || run.id !== ownRun) {
    return ask.fail("publish.run-not-success", `expected run ${run.id} to conclude success, found ${endOf(run)}`, [
      run.url,
    ]);
  }
  const broken = jobs.filter(({ conclusion }) => !["", "success", "skipped", "neutral"].includes(conclusion));
  const ended = jobs.filter(({ conclusion }) => conclusion === "success");
  if (broken.length > 0) {
    const because = `expected no job to break off, found ${broken.map(({ name, conclusion }) => `${name}: ${conclusion}`).join(", ")}`;
    return ask.fail("publish.run-not-success", because, [run.url]);
  }
  return ended.length > 0
    ? ask.pass(`this run built it: ${ended.map(({ name }) => name).join(", ")} succeeded, and no job broke off`, [
        run.url,
      ])
    : ask.unsure("publish.run-not-success", "expected a job of this run that succeeded, found none", [run.url]);
}

function told({ jobs }: ProvenanceFacts, names: string[]): string {
  const conclusionOf = (name: string) => jobs.find((job) => job.name === name)?.conclusion;
  return names.map((name) => `${name}: ${conclusionOf(name) ?? "no such job"}`).join(", ");
}

function endOf({ finished, conclusion }: BuildRun): string {
  return finished ? conclusion || "no conclusion" : "not finished";
}
