/** What is sent besides the address, of the kinds that the built-in client and the one for proxies both take. */
interface Sent {
  method?: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array<ArrayBuffer>;
  redirect?: "follow" | "error" | "manual";
  signal?: AbortSignal;
}

type Environment = Record<string, string | undefined>;

/**
 * Finds the proxy that the environment names for an address, by `https_proxy`, `http_proxy` and `no_proxy`, small or capital;
 * undefined for one that is reached directly, as addresses of this machine always are.
 */
export function proxyFor({ protocol, hostname, port }: URL, environment: Environment): string | undefined {
  const of = (name: string) => environment[name] || environment[name.toUpperCase()] || undefined;
  const proxy = of(protocol === "https:" ? "https_proxy" : "http_proxy");
  const exempt = (of("no_proxy") ?? "").toLowerCase().split(",");
  const hosts = [hostname, `${hostname}:${port || (protocol === "https:" ? "443" : "80")}`];
  const direct = isLoopback(hostname) || exempt.some((one) => hosts.some((host) => isExempt(host, one.trim())));
  if (proxy === undefined || direct) return undefined;
  return proxy.includes("://") ? proxy : `http://${proxy}`;
}

/** Sends a request, through a proxy where the environment names one. */
export async function proxiedFetch(address: string, options: Sent = {}): Promise<unknown> {
  const proxy = proxyFor(new URL(address), process.env);
  if (proxy === undefined) return fetch(address, options);
  const { fetchThrough } = await import(/* webpackIgnore: true */ "#proxy-client");
  return fetchThrough(proxy, address, options);
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "[::1]" || /^127(\.\d{1,3}){3}$/.test(host);
}

/** `no_proxy` lists hosts; each stands for its subdomains too, with `*.` before it as without, and `*` for all. */
function isExempt(host: string, entry: string): boolean {
  if (entry === "") return false;
  const name = entry.replace(/^\*?\./, "");
  return entry === "*" || host === name || host.endsWith(`.${name}`);
}
