/** The scopes of a job's token and the ceiling that a caller sets for what it calls. */
import { entriesOf, sourceText, type Template } from "./template.ts";

/** How much a scope allows. A scope that is not named allows nothing. */
export type Access = "read" | "write";

/** Scopes by name, such as `contents`. Only what is granted is named. */
export type Permissions = Record<string, Access>;

/** What GitHub grants a workflow without `permissions` in a repository with the restricted default. */
export const restrictedDefault: Permissions = { contents: "read", packages: "read" };

const scopes =
  "actions artifact-metadata attestations checks code-quality contents copilot-requests deployments discussions drives id-token issues models packages pages pull-requests repository-projects security-events statuses vulnerability-alerts";

const writeOnly = new Set(["id-token", "copilot-requests"]);
const readOnly = new Set(["models"]);
const rank = { none: 0, read: 1, write: 2 };

/** Reads a `permissions` entry: a mapping grants what it names and nothing else. Absent means "not said". */
export function readPermissions(template: Template | undefined): Permissions | undefined {
  if (!template) return undefined;
  const shorthand = sourceText(template);
  if (shorthand === "read-all") return all("read");
  if (shorthand === "write-all") return all("write");
  const granted: Permissions = {};
  for (const { key, value } of entriesOf(template)) {
    const access = sourceText(value);
    if (access === "read" || access === "write") granted[key] = access;
  }
  return granted;
}

function all(access: Access): Permissions {
  const named = scopes.split(" ");
  const able = access === "read" ? named.filter((scope) => !writeOnly.has(scope)) : named;
  return Object.fromEntries(able.map((scope) => [scope, readOnly.has(scope) ? "read" : access]));
}

/** Lists the scopes that are asked for above a ceiling, as GitHub words them; `undefined` when there are none. */
export function excess(asked: Permissions, ceiling: Permissions): { asked: string; allowed: string } | undefined {
  const above = Object.entries(asked).filter(([scope, access]) => rank[access] > rank[ceiling[scope] ?? "none"]);
  if (above.length === 0) return undefined;
  return {
    asked: above.map(([scope, access]) => `${scope}: ${access}`).join(", "),
    allowed: above.map(([scope]) => `${scope}: ${ceiling[scope] ?? "none"}`).join(", "),
  };
}
