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
}: {
  origin: () => string;
  now: () => Date;
  isPrivate: boolean;
}): OciAccess {
  const tokens = new Map<string, Token>();
  const credential = `rehearsal:${randomUUID()}`;
  return { credential, issue, refuse };

  function issue(path: string, { authorization }: IncomingHttpHeaders): OciAnswer {
    const isKnown = authorization !== undefined && basic(authorization) === credential;
    if (authorization !== undefined && !isKnown)
      return refusal(401, "UNAUTHORIZED", "incorrect username or password", { "www-authenticate": "Basic" });
    const { searchParams } = new URL(path, origin());
    const wanted = searchParams
      .getAll("scope")
      .flatMap((text) => (scope.safeParse(text).success ? actionsOf(text) : []));
    const granted = wanted.filter((each) => isKnown || (!isPrivate && each.endsWith(":pull")));
    const token = randomUUID();
    tokens.set(token, { allowed: new Set(granted), until: now().getTime() + LIFETIME_S * 1_000 });
    return answer(200, {}, { token, access_token: token, expires_in: LIFETIME_S, issued_at: now().toISOString() });
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

function actionsOf(text: string): string[] {
  const [, name = "", actions = ""] = text.split(":");
  return actions.split(",").map((action) => `${name}:${action}`);
}

function basic(authorization: string): string {
  const [, encoded = ""] = /^Basic (\S+)$/i.exec(authorization) ?? [];
  return Buffer.from(encoded, "base64").toString();
}
