import type { HttpRequest, HttpRequests } from "#src/ports/http-requests";

/** Bodies are read up to here; what follows is not waited for. */
const longestBody = 256 * 1024;

/** Asks over HTTP, and follows no redirection. */
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
    const response = await fetch(url, {
      method,
      headers,
      redirect: "manual",
      signal,
      ...(body === undefined ? {} : { body }),
    });
    return { came: true, code: response.status, body: await read(response) } as const;
  } catch (error) {
    const late = error instanceof Error && error.name === "TimeoutError";
    return { came: false, late, because: late ? `no answer within ${timeout} ms` : reasonOf(error) } as const;
  }
}

async function read(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk);
    size += chunk.byteLength;
    if (size >= longestBody) break;
  }
  return new TextDecoder().decode(Buffer.concat(chunks).subarray(0, longestBody));
}

/** The built-in client hides why a connection failed in the cause of its error. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  const code = cause instanceof Error && "code" in cause ? `${String(cause.code)}: ` : "";
  return code + (cause instanceof Error ? cause.message : String(cause));
}
