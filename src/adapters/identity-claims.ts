import * as z from "zod";
import { proxiedFetch } from "#src/adapters/proxied-fetch";
import { parseJson } from "#src/domain/parse-json";
import type { IdentityClaims } from "#src/ports/job-identity";

const reply = z.object({
  status: z.number(),
  body: z.custom<AsyncIterable<Uint8Array> | null>((value) => value === null || typeof value === "object"),
});
const issued = z.object({ value: z.string() });
const claimsForm = z.looseObject({ environment: z.string().optional(), ref: z.string().optional() });
const patience = 30_000;
/** No registry takes an identity that was issued for this audience. */
const audience = "seaworthy-preflight";

/** Asks the runner's issuer for the job's own identity, and reads what it says; the identity itself goes nowhere. */
export async function identityClaims(source: Record<string, string | undefined>): Promise<IdentityClaims> {
  const address = URL.parse(source.ACTIONS_ID_TOKEN_REQUEST_URL ?? "");
  if (!address) return { unknown: "the job may not ask for an identity" };
  address.searchParams.set("audience", audience);
  try {
    const headers = { authorization: `Bearer ${source.ACTIONS_ID_TOKEN_REQUEST_TOKEN ?? ""}` };
    const answer = reply.parse(await proxiedFetch(address.href, { headers, signal: AbortSignal.timeout(patience) }));
    if (answer.status !== 200) return { unknown: `the issuer of identities answered HTTP ${answer.status}` };
    return claimsIn(issued.parse(parseJson(await wholeOf(answer.body))).value);
  } catch {
    return { unknown: "the issuer of identities gave no answer that can be read" };
  }
}

async function wholeOf(body: AsyncIterable<Uint8Array> | null): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of body ?? []) parts.push(part);
  return Buffer.concat(parts);
}

function claimsIn(token: string): IdentityClaims {
  const payload = Buffer.from(token.split(".")[1] ?? "", "base64url");
  const { data } = claimsForm.safeParse(parseJson(payload));
  if (!data) return { unknown: "the identity of the job says nothing that can be read" };
  const { environment, ref } = data;
  return { ...(environment === undefined ? {} : { environment }), ...(ref === undefined ? {} : { ref }) };
}
