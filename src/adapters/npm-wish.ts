import * as z from "zod";
import type { NpmCommand } from "#src/adapters/npm-command";
import { proxiedFetch } from "#src/adapters/proxied-fetch";
import { retryAfter } from "#src/adapters/retry-after";

const patience = 30_000;

const reply = z.object({
  status: z.number(),
  headers: z.custom<{ get(name: string): string | null }>((value) => value !== null && typeof value === "object"),
});

/**
 * Finds out when a registry that answers 429 wants to be asked again, which the client does not tell: the address that the
 * client names is asked once, as a stranger would, for that header alone. Undefined where it is not told.
 */
export async function registryWish(npm: NpmCommand, name: string): Promise<Date | undefined> {
  const [scope] = /^@[^/]+(?=\/)/.exec(name) ?? [];
  const own = scope === undefined ? undefined : await addressOf(npm, `${scope}:registry`);
  const registry = own ?? (await addressOf(npm, "registry"));
  if (registry === undefined) return undefined;
  try {
    const address = new URL(encodeURIComponent(name).replace("%40", "@"), registry);
    const answer = await proxiedFetch(address.href, { method: "HEAD", signal: AbortSignal.timeout(patience) });
    const { status, headers } = reply.parse(answer);
    return status === 429 || status === 503 ? retryAfter(headers.get("retry-after"), new Date()) : undefined;
  } catch {
    return undefined;
  }
}

async function addressOf(npm: NpmCommand, key: string): Promise<URL | undefined> {
  const { output } = await npm('npm config get "$KEY"', { KEY: key });
  const text = output.trim().replace(/^"(.*)"$/, "$1");
  if (!/^https?:\/\//.test(text) || !URL.canParse(text)) return undefined;
  const address = new URL(text.endsWith("/") ? text : `${text}/`);
  address.username = "";
  address.password = "";
  return address;
}
