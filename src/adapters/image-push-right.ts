import * as z from "zod";
import { tokenAddress } from "#src/adapters/image-challenge";
import { type Credential, imageCredential } from "#src/adapters/image-credentials";
import { type ImageLocation, locateImage } from "#src/adapters/image-location";
import { proxiedFetch } from "#src/adapters/proxied-fetch";
import { imageName } from "#src/domain/image-name";
import { parseJson } from "#src/domain/parse-json";
import type { CredentialSighting, PublishingClient } from "#src/ports/publishing-client";
import type { Shell } from "#src/ports/shell";

/** What the question takes from the machine; patience in milliseconds is for one answer. */
export interface PushPlace {
  shell: Shell;
  source?: Record<string, string | undefined>;
  patience?: number;
}

const reply = z.object({
  status: z.number(),
  headers: z.custom<{ get(name: string): string | null }>((value) => value !== null && typeof value === "object"),
  body: z.custom<AsyncIterable<Uint8Array> | null>((value) => value === null || typeof value === "object"),
});

const issued = z.looseObject({ token: z.string().optional(), access_token: z.string().optional() });
const claims = z.looseObject({
  access: z
    .array(z.looseObject({ type: z.string(), name: z.string(), actions: z.array(z.string()).nullish() }))
    .nullable(),
});

/**
 * Asks where tokens are issued for one that may push, with the login that this machine's container clients have. What it
 * grants is read from the token, by https://distribution.github.io/distribution/spec/auth/jwt/; no upload is begun.
 */
export function imagePushRight({ shell, source = process.env, patience = 30_000 }: PushPlace): PublishingClient {
  return {
    async credential({ name }) {
      const image = imageName(name);
      if (!image) return unknown(`expected the name of an image with its host, found ${name}`);
      const location = await locateImage(image, source);
      if ("unknown" in location) return unknown(location.unknown);
      const credential = await imageCredential(location.hosts, { shell, environment: source });
      if (!credential) return { seen: "absent" };
      try {
        return await askRegistry(location, credential, patience);
      } catch (error) {
        const late = error instanceof Error && error.name === "TimeoutError";
        return unknown(late ? "the registry gave no answer in time" : "no connection to the registry");
      }
    },
    version: () => Promise.resolve(undefined),
  };
}

async function askRegistry(
  { origin, path }: ImageLocation,
  credential: Credential,
  patience: number,
): Promise<CredentialSighting> {
  const door = await get(`${origin}/v2/`, {}, patience);
  const challenge = door.status === 401 ? door.headers.get("www-authenticate") : null;
  if (challenge === null) return unknown(`the registry answered HTTP ${door.status}, and asks for no login to be read`);
  const address = tokenAddress(challenge, { origin, credential, scope: `repository:${path}:pull,push` });
  const direct = typeof address !== "string";
  if (direct && "unknown" in address) return unknown(address.unknown);
  const answer = await get(
    direct ? `${origin}/v2/` : address,
    { authorization: `Basic ${credential.basic}` },
    patience,
  );
  if (answer.status === 401) return { seen: "rejected", because: "the registry answered HTTP 401" };
  if (answer.status !== 200) return unknown(`the registry answered HTTP ${answer.status}`);
  const as = userOf(credential);
  return direct
    ? { seen: "accepted", as, rights: "unknown" }
    : granted(parseJson(await whole(answer.body)), { path, as });
}

/** A token that cannot be read says nothing: strangers are given tokens as well. */
function granted(json: unknown, { path, as }: { path: string; as: string }): CredentialSighting {
  const { data } = issued.safeParse(json);
  const token = data?.token ?? data?.access_token ?? "";
  const told = claims.safeParse(parseJson(Buffer.from(token.split(".")[1] ?? "", "base64url")));
  if (!told.success) return unknown("the registry gives a token, which does not say what it allows");
  const allowed = (told.data.access ?? [])
    .filter(({ type, name }) => type === "repository" && name === path)
    .flatMap(({ actions }) => actions ?? []);
  return { seen: "accepted", as, rights: allowed.includes("push") || allowed.includes("*") ? "write" : "none" };
}

function userOf({ basic }: Credential): string {
  return Buffer.from(basic, "base64").toString().split(":")[0] || "a user without a name";
}

async function get(address: string, headers: Record<string, string>, patience: number) {
  return reply.parse(await proxiedFetch(address, { headers, signal: AbortSignal.timeout(patience) }));
}

async function whole(body: AsyncIterable<Uint8Array> | null): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of body ?? []) parts.push(part);
  return Buffer.concat(parts);
}

function unknown(because: string): CredentialSighting {
  return { seen: "unknown", because };
}
