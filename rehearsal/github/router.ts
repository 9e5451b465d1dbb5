import type { Operation } from "./openapi.ts";

/** An operation with the decoded values of its path. */
export interface Match {
  readonly operation: Operation;
  readonly params: Record<string, string>;
}

/** Parameters that may hold slashes as they are; Octokit sends them encoded, people do not. */
const GREEDY = new Set(["ref", "path", "tag", "branch", "basehead", "environment_name"]);

/** Finds the operation of a request; routes with more fixed segments win. */
export function createRouter(operations: readonly Operation[]): (method: string, path: string) => Match | undefined {
  const routes = operations.map((operation) => ({ operation, ...compile(operation.path) }));
  routes.sort((a, b) => b.fixed - a.fixed);
  return (method, path) => {
    for (const { operation, pattern, names } of routes) {
      if (operation.method !== method) continue;
      const found = pattern.exec(path);
      if (found)
        return { operation, params: Object.fromEntries(names.map((name, at) => [name, decode(found[at + 1])])) };
    }
    return undefined;
  };
}

function compile(path: string): { pattern: RegExp; names: string[]; fixed: number } {
  const names: string[] = [];
  const parts = path.split("/").map((part) => {
    const name = /^\{(.+)\}$/.exec(part)?.[1];
    if (!name) return part.replace(/[.*+?^$()[\]\\|]/g, "\\$&");
    names.push(name);
    return GREEDY.has(name) ? "(.+)" : "([^/]+)";
  });
  return {
    pattern: new RegExp(`^${parts.join("/")}$`),
    names,
    fixed: parts.filter((part) => !part.startsWith("(")).length,
  };
}

function decode(text = ""): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
