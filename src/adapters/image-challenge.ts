import type { Credential } from "#src/adapters/image-credentials";

/** Who was challenged, with what, and which scope is asked for in place of the one that the challenge names. */
interface ChallengedAccess {
  origin: string;
  credential: Credential | undefined;
  scope?: string;
}

/**
 * Says where a token is issued, by https://distribution.github.io/distribution/spec/auth/token/; `direct` where the registry
 * takes the login itself.
 */
export function tokenAddress(
  challenge: string,
  { credential, origin, scope }: ChallengedAccess,
): string | { direct: true } | { unknown: string } {
  if (/^basic\b/i.test(challenge))
    return credential ? { direct: true } : { unknown: "the registry asks for a login, and there is none" };
  const field = (name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(challenge)?.[1];
  const realm = field("realm");
  if (!/^bearer\b/i.test(challenge) || realm === undefined || !URL.canParse(realm))
    return { unknown: "the registry asks for a login of an unknown kind" };
  const address = new URL(realm);
  if (credential && address.protocol === "http:" && !origin.startsWith("http:"))
    return { unknown: "the registry asks for the login at an address without TLS" };
  for (const name of ["service", "scope"]) {
    const value = name === "scope" ? (scope ?? field(name)) : field(name);
    if (value) address.searchParams.set(name, value);
  }
  return address.href;
}
