import { randomUUID } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import * as z from "zod";
import { answer, type OciAnswer, refusal } from "./answer.ts";

/** Who may do what, by the token challenge that registries answer strangers with. */
export interface OciAccess {
  /** The user and password of a client that may push, as `user:password`. */
  credential: string;
  /** Answers a request for a token: readers need no credential unless the registry is private. */
  issue(path: string, headers: IncomingHttpHeaders): OciAnswer;
  /** Refuses a request whose token does not allow the action; undefined where it does. */
  refuse(wanted: { name?: string; action: "pull" | "push" }, headers: IncomingHttpHeaders): OciAnswer | undefined;
}

interface Token {
  allowed: Set<string>;
  until: number;
}

const LIFETIME_S = 300;
const scope = z.string().regex(/^repository:[^:]+:[a-z,*]*$/);

/** Opens the registry's door. Tokens end by the world's clock after five minutes. */
export function ociAccess({
  origin,
  now,
  isPrivate,
  isPullOnly,
}: {
  origin: () => string;
  now: () => Date;
  isPrivate: boolean;
  isPullOnly: () => boolean;
}): OciAccess {
  const tokens = new Map<string, Token>();
  const credential = `rehearsal:${randomUUID()}`;
  return { credential, issue, refuse };

  function issue(path: string, { authorization }: IncomingHttpHeaders): OciAnswer {
    const user = authorization === undefined ? undefined : basic(authorization);
    const mayRead = user === undefined ? !isPrivate : user === credential;
    if (user !== undefined && !mayRead)
      return refusal(401, "UNAUTHORIZED", "incorrect username or password", { "www-authenticate": "Basic" });
    const { searchParams } = new URL(path, origin());
    const wanted = searchParams
      .getAll("scope")
      .flatMap((text) => (scope.safeParse(text).success ? actionsOf(text) : []));
    const granted = wanted.filter(
      (each) => (user === credential && !isPullOnly()) || (mayRead && each.endsWith(":pull")),
    );
    const token = readable(granted);
    tokens.set(token, { allowed: new Set(granted), until: now().getTime() + LIFETIME_S * 1_000 });
    const issued = { token, access_token: token, expires_in: LIFETIME_S, issued_at: now().toISOString() };
    return { ...answer(200, {}, issued), ...(isPullOnly() ? { fault: "pull-only" as const } : {}) };
  }

  function refuse(
    { name, action }: { name?: string; action: "pull" | "push" },
    { authorization }: IncomingHttpHeaders,
  ): OciAnswer | undefined {
    const bearer = /^Bearer (\S+)$/i.exec(authorization ?? "")?.[1];
    const token = bearer === undefined ? undefined : tokens.get(bearer);
    const isValid = token !== undefined && now().getTime() < token.until;
    if (!isValid) return challenge(name, action, 401);
    return name === undefined || token.allowed.has(`${name}:${action}`) ? undefined : challenge(name, action, 401);
  }

  function challenge(name: string | undefined, action: "pull" | "push", code: number): OciAnswer {
    const actions = action === "push" ? "pull,push" : "pull";
    const asked = name === undefined ? "" : `,scope="repository:${name}:${actions}"`;
    return refusal(code, "UNAUTHORIZED", "authentication required", {
      "www-authenticate": `Bearer realm="${origin()}/token",service="rehearsal"${asked}`,
    });
  }
}

/** A token that says what it allows, as the specification of registries has it; it is known again by its bytes, and so not signed. */
function readable(granted: string[]): string {
  const names = [...new Set(granted.map((each) => each.slice(0, each.lastIndexOf(":"))))];
  const access = names.map((name) => ({
    type: "repository",
    name,
    actions: granted.filter((each) => each.startsWith(`${name}:`)).map((each) => each.slice(name.length + 1)),
  }));
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({ typ: "JWT", alg: "none" })}.${part({ access, jti: randomUUID() })}.`;
}

function actionsOf(text: string): string[] {
  const [, name = "", actions = ""] = text.split(":");
  return actions.split(",").map((action) => `${name}:${action}`);
}

function basic(authorization: string): string {
  const [, encoded = ""] = /^Basic (\S+)$/i.exec(authorization) ?? [];
  return Buffer.from(encoded, "base64").toString();
}
