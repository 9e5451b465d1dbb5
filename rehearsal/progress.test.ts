import { expect, it } from "vitest";
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
  expect(said).toEqual(["Prepare / Gate : Run a/b@0123456", "  ! error: the tests fail", "· Prepare / Gate (skipped)"]);
});
