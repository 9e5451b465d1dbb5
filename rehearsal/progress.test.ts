import { describe, expect, it } from "vitest";
import { tell } from "./progress.ts";

it("tells a job without a leg by its plain name, shortens commit ids, and leaves out the runner's exit code", () => {
  const said: string[] = [];
  const listen = tell({ line: (text) => said.push(text), now: (text) => said.push(text) });
  const job = { key: "k", number: 1, id: "gate", name: "Prepare / Gate ", workflowFile: "w.yml", attempt: 1 };
  const step = { number: 1, id: "", name: `Run a/b@${"0123456789".repeat(4)}` };
  listen({ at: 0, type: "step-started", job, step });
  for (const message of ["Process completed with exit code 1.", "the tests fail"])
    listen({ at: 0, type: "annotation", job, annotation: { level: "error", message } });
  listen({ at: 0, type: "job-finished", job, conclusion: "skipped" });
  expect(said).toEqual([
    "Prepare / Gate : Run a/b@0123456",
    "  ! Prepare / Gate: error: the tests fail",
    "· Prepare / Gate (skipped)",
  ]);
});

it("marks a job that has succeeded with a warning, and tells the warning", () => {
  const said: string[] = [];
  const listen = tell({ line: (text) => said.push(text), now: () => undefined });
  const job = { key: "k", number: 1, id: "gate", name: "Gate lint", workflowFile: "w.yml", attempt: 1 };
  const annotation = { level: "warning", title: "release-gates: advisory, does not hold", message: "exit 1" } as const;
  listen({ at: 0, type: "job-started", job });
  listen({ at: 0, type: "annotation", job, annotation });
  listen({ at: 0, type: "job-finished", job, conclusion: "success" });
  expect(said).toEqual(["  ! Gate lint: release-gates: advisory, does not hold: exit 1", "⚠ Gate lint (0.0 s)"]);
});

describe("a step that fails", () => {
  const job = { key: "build/1", number: 1, id: "build", name: "Build", workflowFile: "w.yml", attempt: 1 };
  const step = { number: 1, id: "", name: "Run npm ci" };
  const failed = { at: 1, type: "step-finished", job, step, outcome: "failure", conclusion: "failure" } as const;
  const listening = () => {
    const said: string[] = [];
    const listen = tell({ line: (text) => said.push(text), now: () => undefined }, (key) => `logs/${key}.log`);
    listen({ at: 0, type: "step-started", job, step });
    return { said, log: (text: string) => listen({ at: 0, type: "log", job, step, text }), listen };
  };

  it("without an error of its own tells the last lines of its log, cut and without colours, and where the log is", () => {
    const { said, log, listen } = listening();
    for (const text of [
      "one",
      "two",
      "",
      "three",
      "::add-mask::***",
      "four",
      "\u001b[31mfive\u001b[0m",
      "x".repeat(999),
    ])
      log(text);
    listen({ at: 1, type: "annotation", job, step, annotation: annotated("Process completed with exit code 3.") });
    listen(failed);
    expect(said).toEqual([
      "  ! Run npm ci: failed",
      ...["two", "three", "four", "five", `${"x".repeat(160)}…`].map((line) => `    │ ${line}`),
      "    log: logs/build/1.log",
    ]);
  });

  it("with an error of its own tells that alone: its job, its title, and a few lines of the message", () => {
    const { said, log, listen } = listening();
    log("noise");
    const message = ["seaworthy.yml:", "line 3: one", "line 4: two", "line 5: three", "line 6: four", "hint"].join(
      "\n",
    );
    listen({
      at: 1,
      type: "annotation",
      job,
      step,
      annotation: { ...annotated(message), title: "all.config-invalid" },
    });
    listen(failed);
    expect(said).toEqual([
      "  ! Build: all.config-invalid: seaworthy.yml:",
      ...["line 3: one", "line 4: two", "line 5: three", "and 2 more in the log"].map((line) => `    ${line}`),
    ]);
  });

  it("and is forgiven tells nothing", () => {
    const { said, log, listen } = listening();
    log("noise");
    listen({ ...failed, conclusion: "success" });
    expect(said).toEqual([]);
  });
});

const annotated = (message: string) => ({ level: "error", message }) as const;
