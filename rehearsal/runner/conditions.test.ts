import { describe, expect, it } from "vitest";
import { conditionOf } from "./conditions.ts";
import { evaluateCondition } from "./expressions.ts";
import { field, readTemplate } from "./template.ts";

describe("a condition", () => {
  it.each([
    ["without an if holds after success", "a: 1", "success()"],
    ["without a status function holds only after success", "if: github.ref == 'x'", "success() && (github.ref == 'x')"],
    ["with a status function stands as it is", "if: failure() || github.ref", "failure() || github.ref"],
    [
      "is not misled by the name of a function in a text",
      "if: github.x == 'always()'",
      "success() && (github.x == 'always()')",
    ],
    ["loses its markers", "if: ${{ always() }}", "always()"],
    ["knows a negated status function", "if: ${{ !cancelled() }}", "!cancelled()"],
  ])("%s", (_rule, yaml, expected) => {
    expect(conditionOf(field(readTemplate(yaml), "if"))).toBe(expected);
  });

  it("of text around an expression is a text, and so true", () => {
    const condition = conditionOf(field(readTemplate("if: ${{ github.no }} == 'it''s {x}'"), "if"));
    expect(evaluateCondition(condition, { contexts: { github: {} }, functions: { success: () => true } })).toBe(true);
  });
});
