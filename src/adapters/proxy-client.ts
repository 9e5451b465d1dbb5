import { fetch, ProxyAgent, type RequestInit, request } from "undici";

const agents = new Map<string, ProxyAgent>();

/** Sends a request through a proxy. It is a bundle of its own, loaded only where the environment names one. */
export function fetchThrough(proxy: string, address: string, options: RequestInit) {
  return fetch(address, { ...options, dispatcher: agentOf(proxy) });
}

/** The same for a request whose answer is neither unpacked nor redirected. */
export function requestThrough(
  proxy: string,
  address: string,
  { headers, signal }: { headers: Record<string, string>; signal: AbortSignal },
) {
  return request(address, { headers, signal, dispatcher: agentOf(proxy) });
}

function agentOf(proxy: string): ProxyAgent {
  const agent = agents.get(proxy) ?? new ProxyAgent(proxy);
  agents.set(proxy, agent);
  return agent;
}
