import type { Code } from "#src/domain/catalogue";
import type { Check } from "#src/domain/verdict";

/** Asks a question; the returned functions turn a finding into its check. An advisory one (`required` false) never decides. */
export function question(id: string, title: string, required = true) {
  const asked = { id, title, required };
  const against = (result: "fail" | "inconclusive" | "not-applicable") => {
    return (code: Code, because: string, evidence: string[] = []): Check => ({
      ...asked,
      result,
      code,
      because,
      evidence,
    });
  };
  return {
    pass: (because: string, evidence: string[] = []): Check => ({ ...asked, result: "pass", because, evidence }),
    fail: against("fail"),
    unsure: against("inconclusive"),
    notApplicable: against("not-applicable"),
  };
}
