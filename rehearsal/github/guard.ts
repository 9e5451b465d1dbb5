import { Ajv, type ValidateFunction } from "ajv";
import type { Description, Operation, Schema } from "./openapi.ts";
import { unknownKeys } from "./unknown-keys.ts";

/** The parts of a request that the description rules. */
export interface Request {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** Compares requests and answers with GitHub's official description; an empty list means no violation. */
export interface Guard {
  request(operation: Operation, request: Request): string[];
  response(operation: Operation, code: number, body: unknown): string[];
}

const FORMATS = {
  "date-time": /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/,
  // GitHub itself gives an empty text where a deployment has no address.
  uri: (text: string) => text === "" || URL.canParse(text),
  email: true,
  int64: true,
} as const;
const OPTIONS = { strict: false, allErrors: true, formats: FORMATS };
/** GitHub may answer these to anything, documented or not. */
const ERRORS: Schema = {
  anyOf: [{ $ref: "github#/schemas/basic-error" }, { $ref: "github#/schemas/validation-error" }],
};

/** Builds the guard. Schemas are compiled when first needed. */
export function createGuard(description: Description): Guard {
  const strict = createChecker(description, new Ajv(OPTIONS));
  // Query and path values arrive as text: only there may "1" stand for a number.
  const lenient = createChecker(description, new Ajv({ ...OPTIONS, coerceTypes: "array" }));
  return { request, response };

  function request(operation: Operation, { params, query, body }: Request): string[] {
    const { id, requiredQuery } = operation;
    return [
      ...texts(`${id} path`, params, operation.params),
      ...texts(`${id} query`, query, operation.query),
      ...requiredQuery.filter((name) => !(name in query)).map((name) => `${id} query ${name} is missing`),
      ...bodyViolations(operation, body),
    ];
  }

  function texts(place: string, values: Readonly<Record<string, string>>, named: Record<string, Schema>): string[] {
    return Object.entries(values).flatMap(([name, value]) => {
      const schema = named[name];
      if (schema === undefined) return [`${place} ${name} is not named by the description`];
      const wrong = lenient.check(`${place} ${name}`, { properties: { value: asText(schema) } }, { value });
      return wrong.map((why) => `${place} ${name}: ${why}`);
    });
  }

  function bodyViolations({ id, body: ruled }: Operation, body: unknown): string[] {
    if (ruled?.bytes) return [];
    if (body === undefined) return ruled?.required ? ["a body is required"] : [];
    if (!ruled?.schema) return isEmpty(body) ? [] : ["no body is named by the operation"];
    return violations(`${id} body`, ruled.schema, body);
  }

  function response(operation: Operation, code: number, body: unknown): string[] {
    const ruled = operation.responses[String(code)];
    if (code >= 400) return violations(`${operation.id} ${code}`, ruled ? { anyOf: [ruled, ERRORS] } : ERRORS, body);
    if (code === 304) return [];
    if (ruled === undefined) return [`${code} is not an answer of ${operation.id}`];
    if (ruled === null) return body === undefined ? [] : [`${code} has no body in ${operation.id}`];
    return violations(`${operation.id} ${code}`, ruled, body);
  }

  function violations(key: string, schema: Schema, value: unknown): string[] {
    const strangers = unknownKeys(value, schema, description.schemas);
    return [...strict.check(key, schema, value), ...strangers.map((path) => `${path} is not named by the description`)];
  }
}

/** Compiles each schema once, under a key, and tells what is wrong with a value. */
function createChecker(description: Description, ajv: Ajv) {
  ajv.addSchema({ schemas: description.schemas }, "github");
  const compiled = new Map<string, ValidateFunction>();
  return { check };

  function check(key: string, schema: Schema, value: unknown): string[] {
    const known = compiled.get(key);
    const validate = known ?? ajv.compile(schema);
    if (!known) compiled.set(key, validate);
    if (validate(value)) return [];
    const errors = (validate.errors ?? []).slice(0, 8);
    return errors.map(
      (one) => `${one.instancePath || "value"} ${one.message ?? "is wrong"} ${JSON.stringify(one.params)}`,
    );
  }
}

/** Text that reads as a number satisfies both halves of "number or text", which is no contradiction. */
function asText(schema: Schema): Schema {
  if (typeof schema === "boolean" || !("oneOf" in schema)) return schema;
  const { oneOf, ...rest } = schema;
  return { ...rest, anyOf: oneOf };
}

function isEmpty(body: unknown): boolean {
  return typeof body === "object" && body !== null && Object.keys(body).length === 0;
}
