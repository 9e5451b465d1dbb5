/**
 * Tells whether a job's condition can hold only where a term of it holds: the term, or one like it, is a conjunct of every
 * alternative. What cannot be taken apart demands nothing.
 */
export function demands(condition: string, term: RegExp): boolean {
  const expression = expressionOf(condition);
  return expression !== undefined && everywhere(expression, term);
}

/** Tells whether a condition runs its job after failed or skipped ones: one that asks how they went gets no `success()` from GitHub. */
export function outlivesFailure(condition: string): boolean {
  return /\b(always|success|failure|cancelled)\s*\(/i.test(condition) && !demands(condition, /^success\(\)$/);
}

/** Text around an expression makes a string of it, and a string that is not empty holds always. */
function expressionOf(condition: string): string | undefined {
  const [, inner] = /^\s*\$\{\{(.*)\}\}\s*$/s.exec(condition) ?? [];
  const expression = inner ?? condition;
  return /\$\{\{|\}\}/.test(expression) ? undefined : expression;
}

function everywhere(expression: string, term: RegExp): boolean {
  return partsOf(expression, "||").every((alternative) =>
    partsOf(alternative, "&&").some((part) => {
      const inner = insideOf(part);
      return inner === undefined ? term.test(part) : everywhere(inner, term);
    }),
  );
}

/** What stands in parentheses that span all of a part: the first of them closes at its end, and no sooner. */
function insideOf(part: string): string | undefined {
  const depths = depthsOf(part);
  const closed = depths.findIndex(({ depth }) => depth === 0);
  return part.startsWith("(") && closed === depths.length - 1 ? part.slice(1, -1) : undefined;
}

/** Takes an expression apart at an operator, which counts neither in a text nor in parentheses or brackets. */
function partsOf(expression: string, operator: "||" | "&&"): string[] {
  const parts: string[] = [""];
  for (const { token, depth } of depthsOf(expression)) {
    if (token === operator && depth === 0) parts.push("");
    else parts.push(`${parts.pop() ?? ""}${token}`);
  }
  return parts.map((part) => part.trim());
}

/** The tokens of an expression, each with how deep in parentheses and brackets one is behind it; a text is one token. */
function depthsOf(expression: string): { token: string; depth: number }[] {
  let depth = 0;
  return Array.from(expression.matchAll(/'[^']*'|\|\||&&|./gs), ([token]) => {
    if (token === "(" || token === "[") depth += 1;
    if (token === ")" || token === "]") depth -= 1;
    return { token, depth };
  });
}
