import type { StepOf } from "#src/contract/config/smoke-steps";

/** Puts variables into a text: `{NAME}` stands for the variable of that name, and anything else for itself. */
export function fill(text: string, variables: Record<string, string>): string {
  return text.replace(/\{([A-Z][A-Z0-9_]*)\}/g, (whole, name: string) => variables[name] ?? whole);
}

/**
 * Composes the address of a request; undefined where it would leave its endpoint. Variables are encoded, so that a value can
 * neither end the path nor climb out of it.
 */
export function addressOf(
  { path = "" }: Pick<StepOf<"http">["request"], "path">,
  { endpoint, variables }: { endpoint: string; variables: Record<string, string> },
): string | undefined {
  const base = new URL(endpoint);
  const encoded = Object.entries(variables).map(([name, value]) => [name, encodeURIComponent(value)] as const);
  const folder = base.pathname.replace(/\/+$/, "");
  const rest = fill(path, Object.fromEntries(encoded));
  const address = rest === "" ? base : new URL(`${base.origin}${rest.startsWith("?") ? base.pathname : folder}${rest}`);
  const within = address.pathname === base.pathname || address.pathname.startsWith(`${folder}/`);
  return address.origin === base.origin && within ? address.href : undefined;
}
