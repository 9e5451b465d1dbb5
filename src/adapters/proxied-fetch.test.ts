import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { githubClient } from "#src/adapters/github-client";
import { proxiedFetch, proxyFor } from "#src/adapters/proxied-fetch";
import { parseJson } from "#src/domain/parse-json";
import { startTunnel, type Tunnel } from "#src/testing/tunnel";

const proxy = "http://proxy.example:3128";

describe("the proxy of an address", () => {
  it.each<[address: string, environment: Record<string, string>, expected: string | undefined]>([
    ["https://api.github.com/x", {}, undefined],
    ["https://api.github.com/x", { https_proxy: proxy }, proxy],
    ["https://api.github.com/x", { HTTPS_PROXY: proxy }, proxy],
    ["https://api.github.com/x", { https_proxy: "proxy.example:3128" }, proxy],
    ["https://api.github.com/x", { http_proxy: proxy }, undefined],
    ["http://ghe.example/x", { http_proxy: proxy }, proxy],
    ["https://api.github.com/x", { https_proxy: proxy, no_proxy: "other.example,api.github.com" }, undefined],
    ["https://api.github.com/x", { https_proxy: proxy, NO_PROXY: ".GitHub.com" }, undefined],
    ["https://api.github.com/x", { https_proxy: proxy, no_proxy: "github.com" }, undefined],
    ["https://api.github.com/x", { https_proxy: proxy, no_proxy: "*.github.com" }, undefined],
    ["https://api.github.com/x", { https_proxy: proxy, no_proxy: "*.hub.com" }, proxy],
    ["https://api.github.com/x", { https_proxy: proxy, no_proxy: "hub.com" }, proxy],
    ["https://api.github.com/x", { https_proxy: proxy, no_proxy: "*" }, undefined],
    ["https://api.github.com/x", { https_proxy: proxy, no_proxy: "api.github.com:443" }, undefined],
    ["https://api.github.com/x", { https_proxy: proxy, no_proxy: "api.github.com:8443" }, proxy],
    ["https://api.github.com/x", { https_proxy: proxy, no_proxy: " , " }, proxy],
    ["http://127.0.0.1:4000/x", { http_proxy: proxy }, undefined],
    ["http://localhost:4000/x", { http_proxy: proxy }, undefined],
  ])("%s under %j is %s", (address, environment, expected) => {
    expect(proxyFor(new URL(address), environment)).toBe(expected);
  });
});

describe("a request", () => {
  let tunnel: Tunnel;

  beforeAll(async () => {
    tunnel = await startTunnel();
    vi.stubEnv("http_proxy", tunnel.proxy);
    vi.stubEnv("no_proxy", "");
    vi.stubEnv("NO_PROXY", "");
  });
  afterAll(() => {
    vi.unstubAllEnvs();
    tunnel.close();
  });

  it("of the client goes through the proxy whole: method, path, token and body", async () => {
    vi.stubEnv("GITHUB_API_URL", "http://api.example");
    const { data } = await githubClient("t", false).request("POST /repos/{owner}/{repo}/issues", {
      owner: "octo",
      repo: "tide",
      title: "One",
    });
    expect(parseJson(String(data))).toEqual({
      line: "POST /repos/octo/tide/issues",
      token: "token t",
      body: '{"title":"One"}',
    });
    expect(tunnel.asked).toEqual(["api.example:80"]);
  });

  it("to this machine goes directly", async () => {
    const before = tunnel.asked.length;
    expect(await proxiedFetch(`${tunnel.direct}/x`)).toMatchObject({ status: 200 });
    expect(tunnel.asked).toHaveLength(before);
  });
});
