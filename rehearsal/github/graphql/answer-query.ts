import { readFileSync } from "node:fs";
import {
  buildSchema,
  type DocumentNode,
  execute,
  type GraphQLError,
  type GraphQLSchema,
  parse,
  specifiedRules,
  validate,
} from "graphql";
import * as z from "zod";
import { type Arrival, grantOf, type Outcome, type Parts, rejected } from "../api.ts";
import { Problem, type Reply } from "../problem.ts";
import type { Grant } from "../tokens.ts";
import { costOf, nodeLimit } from "./cost.ts";
import { rootOf } from "./nodes.ts";

const route = "graphql";

const question = z.object({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).nullish(),
  operationName: z.string().nullish(),
});
type Question = z.infer<typeof question>;

let known: GraphQLSchema | undefined;
const officialSchema = () =>
  (known ??= buildSchema(readFileSync(new URL("schema.graphql", import.meta.url), "utf8"), { assumeValidSDL: true }));

/** Tells whether a request is one of GraphQL. */
export function isQuery({ method, path }: Pick<Arrival, "method" | "path">): boolean {
  return method === "POST" && path === "/graphql";
}

/**
 * Answers one GraphQL query against GitHub's own schema. What the schema, or a limit of GitHub's, does not allow is refused
 * as GitHub does, by errors in an answer of 200, and fails the rehearsal besides.
 */
export async function answerQuery(arrival: Arrival, parts: Parts): Promise<Outcome> {
  const grant = grantOf(arrival, parts.tokens);
  const told = { stage: grant?.stage ?? "unknown", route, scope: null };
  if (!grant) return { ...told, reply: rejected(arrival) };
  const result = await judged(arrival, grant, parts);
  const headers = { ...parts.rates.headers("graphql"), ...result.reply.headers };
  const cut = parts.faults.cuts(route) ? ({ fault: "cut" } as const) : {};
  return { ...told, ...result, ...cut, reply: { ...result.reply, headers } };
}

type Judged = Pick<Outcome, "reply" | "guard" | "fault">;

async function judged(arrival: Arrival, grant: Grant, parts: Parts): Promise<Judged> {
  const faulty = parts.faults.before(route);
  if (faulty) return faulty;
  const asked = parsed(arrival.bytes);
  if (!asked) return { reply: new Problem(400, "Problems parsing JSON").reply };
  const schema = officialSchema();
  const document = documentOf(asked.query, schema);
  if (Array.isArray(document)) return refused("undefinedField", document);
  const variables = asked.variables ?? {};
  const { nodes, points, violations } = costOf(schema, document, variables);
  if (violations.length > 0) return refused("MISSING_PAGINATION_BOUNDARIES", violations);
  if (nodes > nodeLimit)
    return refused("MAX_NODE_LIMIT_EXCEEDED", [
      `This query requests up to ${nodes} possible nodes which exceeds the maximum limit of ${nodeLimit}.`,
    ]);
  if (parts.rates.spend("graphql", points)) return spent(parts);
  const body = await executed({ schema, document, asked: { ...asked, variables } }, grant, parts);
  const distorted = parts.faults.distorted(route, body);
  return { reply: { code: 200, body: distorted }, ...(distorted === body ? {} : { fault: "distorted" }) };
}

function parsed(bytes: Buffer): Question | undefined {
  try {
    return question.parse(JSON.parse(bytes.toString("utf8")));
  } catch {
    return undefined;
  }
}

/** The parsed query, or what the schema has against it. */
function documentOf(query: string, schema: GraphQLSchema): DocumentNode | string[] {
  try {
    const document = parse(query);
    const wrong = validate(schema, document, specifiedRules);
    return wrong.length > 0 ? wrong.map(({ message }) => message) : document;
  } catch (failure) {
    return [failure instanceof Error ? failure.message : String(failure)];
  }
}

async function executed(
  { schema, document, asked }: { schema: GraphQLSchema; document: DocumentNode; asked: Question },
  grant: Grant,
  { world }: Parts,
): Promise<unknown> {
  const { data, errors } = await execute({
    schema,
    document,
    rootValue: rootOf({ world, grant }),
    variableValues: asked.variables ?? {},
    operationName: asked.operationName ?? null,
  });
  return { ...(data === undefined ? {} : { data }), ...(errors ? { errors: errors.map(errorShape) } : {}) };
}

/** GitHub puts the type of an error beside its message, not among the extensions. */
function errorShape(error: GraphQLError) {
  const { message, path, locations, extensions } = error;
  const { type } = extensions;
  return { ...(typeof type === "string" ? { type } : {}), path, locations, message };
}

function spent({ faults }: Parts): Judged {
  const message = "API rate limit already exceeded for installation ID 1.";
  return {
    reply: failing([{ type: "RATE_LIMITED", message }]),
    ...(faults.exhausted() ? { fault: "primary-limit" } : {}),
  };
}

function refused(type: string, messages: string[]): Judged {
  return {
    reply: failing(messages.map((message) => ({ type, message }))),
    guard: { side: "request", violations: messages },
  };
}

function failing(errors: { type: string; message: string }[]): Reply {
  return { code: 200, body: { errors } };
}
