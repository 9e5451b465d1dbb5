import { httpReply, readBody } from "#src/adapters/http-reply";
import { proxiedFetch } from "#src/adapters/proxied-fetch";
import type { HttpRequest, HttpRequests } from "#src/ports/http-requests";

/** Bodies are read up to here; what follows is not waited for, and the answer says so. */
const longestBody = 4 * 1024 * 1024;

/** Asks over HTTP, through the proxy that the environment names, and follows no redirection. */
export const httpRequests: HttpRequests = {
  async ask(request) {
    const began = performance.now();
    const answer = await send(request);
    return { ...answer, duration: Math.round(performance.now() - began) };
  },
};

async function send({ method, url, headers, body, timeout }: HttpRequest) {
  try {
    const signal = AbortSignal.timeout(timeout);
    const options = { method, headers, redirect: "manual" as const, signal, ...(body === undefined ? {} : { body }) };
    const reply = httpReply.parse(await proxiedFetch(url, options));
    const { bytes, cut } = await readBody(reply.body, longestBody);
    return { came: true, code: reply.status, body: new TextDecoder().decode(bytes), cut } as const;
  } catch (error) {
    const late = error instanceof Error && error.name === "TimeoutError";
    return { came: false, late, because: late ? `no answer within ${timeout} ms` : reasonOf(error) } as const;
  }
}

/** The built-in client hides why a connection failed in the cause of its error. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  const code = cause instanceof Error && "code" in cause ? `${String(cause.code)}: ` : "";
  return code + (cause instanceof Error ? cause.message : String(cause));
}
