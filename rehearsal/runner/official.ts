/** Loads GitHub's own workflow parser and expression evaluator; the only file that knows how they must be loaded. */
import { registerHooks } from "node:module";

// Their modules import JSON without the attribute that Node.js asks for: supply it, for them alone.
registerHooks({
  resolve(specifier, context, next) {
    const resolved = next(specifier, context);
    return /\/@actions\/(workflow-parser|expressions)\/.*\.json$/.test(resolved.url)
      ? { ...resolved, importAttributes: { type: "json" } }
      : resolved;
  },
});

const workflowParser = await import("@actions/workflow-parser");
const actionParser = await import("@actions/workflow-parser/actions/index");
const expressions = await import("@actions/expressions");

/** Checks and converts workflow files against GitHub's schema. */
export const { convertWorkflowTemplate, parseWorkflow, NoOperationTraceWriter } = workflowParser;

/** Checks `action.yml` files against GitHub's schema. */
export const { convertActionTemplate, parseAction } = actionParser;

/** Reads and evaluates expressions. */
export const { Evaluator, Lexer, Parser, data } = expressions;
