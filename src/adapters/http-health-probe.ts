import { httpReply, readBody } from "#src/adapters/http-reply";
import { proxiedFetch } from "#src/adapters/proxied-fetch";
import type { HealthProbe } from "#src/ports/health-probe";

/** Probes health over HTTP, through the proxy that the environment names. */
export const httpHealthProbe: HealthProbe = {
  async probe(url, timeout) {
    try {
      const signal = AbortSignal.timeout(timeout);
      const { status, body } = httpReply.parse(await proxiedFetch(url, { redirect: "manual", signal }));
      await readBody(body, 0);
      return { healthy: status >= 200 && status < 300, because: `HTTP ${status}` };
    } catch (error) {
      const late = error instanceof Error && error.name === "TimeoutError";
      return { healthy: false, because: late ? `no answer within ${timeout} ms` : "no connection" };
    }
  },
};
