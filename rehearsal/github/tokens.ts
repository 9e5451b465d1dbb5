import { randomBytes } from "node:crypto";

/** What a token may do, by GitHub's permission names. */
export type Permissions = Readonly<Record<string, "read" | "write" | "none">>;

/** What a token was issued for. */
export interface Grant {
  readonly permissions: Permissions;
  /** The stage that requests are counted under. */
  readonly stage: string;
  /** The account that is named as author. */
  readonly login: string;
}

/** The tokens that exist. Anything else is refused. */
export interface Tokens {
  issue(grant: Partial<Grant> & { readonly permissions: Permissions }): string;
  revoke(token: string): void;
  find(token: string): Grant | undefined;
}

/** Keeps tokens in memory only: no file ever holds one. */
export function createTokens(): Tokens {
  const grants = new Map<string, Grant>();
  return {
    issue({ permissions, stage = "unknown", login = "github-actions[bot]" }) {
      const token = `ghs_${randomBytes(27).toString("base64url").replace(/[-_]/g, "0")}`;
      grants.set(token, { permissions, stage, login });
      return token;
    },
    revoke: (token) => void grants.delete(token),
    find: (token) => grants.get(token),
  };
}

/** Reads the token out of an Authorization header; schemes compare case-insensitively, as clients differ. */
export function tokenOf(header: string | undefined): string | undefined {
  const [, scheme = "", credentials = ""] = /^(\S+)\s+(\S+)$/.exec(header?.trim() ?? "") ?? [];
  if (/^(bearer|token)$/i.test(scheme)) return credentials;
  if (!/^basic$/i.test(scheme)) return undefined;
  const pair = Buffer.from(credentials, "base64").toString("utf8");
  return pair.slice(pair.indexOf(":") + 1);
}

/** Tells whether permissions cover a scope such as `contents:write`; reading metadata is always allowed. */
export function covers(permissions: Permissions, scope: string): boolean {
  const [name = "", wanted] = scope.split(":");
  if (scope === "metadata:read") return true;
  const granted = permissions[name] ?? "none";
  return granted === "write" || (wanted === "read" && granted === "read");
}
