import type { Code } from "#src/domain/catalogue";
import type { Check } from "#src/domain/verdict";

/** One question of the plan, waiting for its finding. */
export interface Question {
  pass(because: string, evidence?: string[]): Check;
  fail(code: Code, because: string, evidence?: string[]): Check;
  unsure(code: Code, because: string, evidence?: string[]): Check;
  notApplicable(because: string, code?: Code): Check;
}

/** Asks a question. An advisory one (`required` false) is reported and never decides. */
export function question(id: string, title: string, required = true): Question {
  const asked = { id, title, required };
  return {
    pass: (because, evidence = []) => ({ ...asked, result: "pass", because, evidence }),
    fail: (code, because, evidence = []) => ({ ...asked, result: "fail", code, because, evidence }),
    unsure: (code, because, evidence = []) => ({ ...asked, result: "inconclusive", code, because, evidence }),
    notApplicable: (because, code = "plan.not-applicable") => ({
      ...asked,
      result: "not-applicable",
      code,
      because,
      evidence: [],
    }),
  };
}
