import { fetch, ProxyAgent, type RequestInit } from "undici";

const agents = new Map<string, ProxyAgent>();

/** Sends a request through a proxy. It is a bundle of its own, loaded only where the environment names one. */
export function fetchThrough(proxy: string, address: string, options: RequestInit) {
  const dispatcher = agents.get(proxy) ?? new ProxyAgent(proxy);
  agents.set(proxy, dispatcher);
  return fetch(address, { ...options, dispatcher });
}
