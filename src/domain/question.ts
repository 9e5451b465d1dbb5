import type { Code } from "#src/domain/catalogue";
import type { Check } from "#src/domain/verdict";

type Found = (because: string, evidence?: string[]) => Check;
type FoundWhy = (code: Code, because: string, evidence?: string[]) => Check;

/** One question, waiting for its finding: each function turns one into the check. */
export interface Question {
  pass: Found;
  fail: FoundWhy;
  unsure: FoundWhy;
  notApplicable: FoundWhy;
}

/** Asks a question. An advisory one (`required` false) is reported and never decides. */
export function question(id: string, title: string, required = true): Question {
  const asked = { id, title, required };
  const against = (result: "fail" | "inconclusive" | "not-applicable"): FoundWhy => {
    return (code, because, evidence = []) => ({ ...asked, result, code, because, evidence });
  };
  return {
    pass: (because, evidence = []) => ({ ...asked, result: "pass", because, evidence }),
    fail: against("fail"),
    unsure: against("inconclusive"),
    notApplicable: against("not-applicable"),
  };
}

/** Judges that a working tree equals its commit: `dirty` lists the paths that differ or are untracked. */
export function cleanTree(dirty: string[], code: Code): Check {
  const ask = question("tree-clean", "The working tree equals the commit");
  if (dirty.length === 0) return ask.pass("nothing differs, and nothing is untracked");
  const more = dirty.length > 20 ? ` and ${dirty.length - 20} more` : "";
  const because = `expected no path to differ, found ${dirty.slice(0, 20).join(", ")}${more}`;
  return ask.fail(code, because, dirty.slice(0, 100));
}
