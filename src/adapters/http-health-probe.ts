import type { HealthProbe } from "#src/ports/health-probe";

/** Probes health over HTTP. */
export const httpHealthProbe: HealthProbe = {
  async probe(url, timeout) {
    try {
      const response = await fetch(url, { redirect: "manual", signal: AbortSignal.timeout(timeout) });
      await response.body?.cancel();
      return { healthy: response.ok, because: `HTTP ${response.status}` };
    } catch (error) {
      const late = error instanceof Error && error.name === "TimeoutError";
      return { healthy: false, because: late ? `no answer within ${timeout} ms` : "no connection" };
    }
  },
};
