import { BadQuery, type Matcher } from "./syntax.ts";
import type { TokenReader } from "./token-reader.ts";

const OPERATORS = ["=", "!=", "=~", "!~"] as const;

type Operator = (typeof OPERATORS)[number];

/** Reads `name{label="value",…}`; at least one matcher must exclude the empty value, as in Prometheus. */
export function selectorMatchers(reader: TokenReader): Matcher[] {
  const matchers: Matcher[] = [];
  if (reader.peek().kind === "name") matchers.push(matcher("__name__", "=", reader.next().text));
  if (reader.accept("{")) {
    while (!reader.accept("}")) {
      matchers.push(labelMatcher(reader));
      if (reader.peek().text !== "}") reader.expect(",");
    }
  }
  if (matchers.every(({ fits }) => fits(""))) {
    throw new BadQuery("parse error: vector selector must contain at least one non-empty matcher");
  }
  return matchers;
}

function labelMatcher(reader: TokenReader): Matcher {
  const label = reader.expectKind("name").text;
  const operator = OPERATORS.find((each) => reader.accept(each));
  if (!operator) throw reader.unsupported("label matching operator");
  return matcher(label, operator, reader.expectKind("string").text);
}

function matcher(label: string, operator: Operator, value: string): Matcher {
  return { label, value, fits: comparison(operator, value) };
}

function comparison(operator: Operator, value: string): (found: string) => boolean {
  if (operator === "=") return (found) => found === value;
  if (operator === "!=") return (found) => found !== value;
  const pattern = anchored(value);
  return operator === "=~" ? (found) => pattern.test(found) : (found) => !pattern.test(found);
}

/** Prometheus anchors regular expressions on both ends and lets the dot match newlines. */
function anchored(pattern: string): RegExp {
  try {
    return new RegExp(`^(?:${pattern})$`, "s");
  } catch {
    throw new BadQuery(`parse error: error parsing regexp ${JSON.stringify(pattern)}`);
  }
}
