import { ends, starts } from "./events.ts";
import { aborted, type Fault } from "./fault.ts";

const shared = { example: "npm-package" } as const;

/** Faults of the evidence on its way between stages, and of the machine that carries it. */
export const evidenceFaults: Fault[] = [
  {
    ...shared,
    name: "evidence-altered",
    proves: "ALL-02",
    stage: "release-gates",
    title: "the plan's record is altered after it was written",
    expected: aborted("all.evidence-mismatch"),
    trace: { journal: "artifact-requests", line: { fault: "altered", path: "seaworthy-plan-release-1" } },
    during: ({ artifacts }, event) => {
      if (ends(event, "plan")) artifacts.faults.alter("seaworthy-plan-release-1");
    },
  },
  {
    ...shared,
    name: "evidence-missing",
    proves: "ALL-02 TAG-02",
    stage: "auto-tag",
    title: "the record of the gates disappears before the tag",
    expected: aborted("all.evidence-missing"),
    trace: { journal: "artifact-requests", line: { fault: "removed", path: "seaworthy-release-gates-1" } },
    during: ({ artifacts }, event) => {
      if (ends(event, "collect")) artifacts.faults.remove("seaworthy-release-gates-1");
    },
  },
  {
    ...shared,
    name: "leg-doubled",
    proves: "ALL-03",
    stage: "release-gates",
    title: "one gate hands in two records",
    expected: aborted("gates.leg-doubled"),
    trace: { journal: "artifact-requests", line: { fault: "duplicated", path: "seaworthy-release-gates-tests-1" } },
    during: ({ artifacts }, event) => {
      if (starts(event, "collect")) {
        artifacts.faults.duplicate("seaworthy-release-gates-tests-1", "seaworthy-release-gates-tests-copy-1");
      }
    },
  },
  {
    ...shared,
    name: "killed-after-tag",
    proves: "TAG-12 F02",
    stage: "auto-tag",
    title: "the machine vanishes right after the tag was written; --resume goes on",
    expected: { verdict: "lost", reason: "" },
    trace: { journal: "requests", line: { route: "git/create-ref", status: 201 } },
    arrange: ({ github }, { kill }) =>
      github.onRequest(({ route, status: code }) => {
        if (route === "git/create-ref" && code === 201) kill();
      }),
  },
];
