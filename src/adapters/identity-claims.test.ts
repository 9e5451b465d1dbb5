import { createServer, type Server } from "node:http";
import { afterEach, expect, it } from "vitest";
import { identityClaims } from "#src/adapters/identity-claims";
import { onLoopback } from "#src/testing/on-loopback";

let server: Server | undefined;
afterEach(() => server?.close());

const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
const identityOf = (claims: object) => `${encoded({ alg: "RS256" })}.${encoded(claims)}.c2lnbmF0dXJl`;

async function ask(code: number, answer: string) {
  const asked: (string | undefined)[] = [];
  server = createServer((request, response) => {
    asked.push(request.url, request.headers.authorization);
    response.writeHead(code).end(answer);
  });
  const address = await onLoopback(server);
  const source = { ACTIONS_ID_TOKEN_REQUEST_URL: `${address}/id?x=1`, ACTIONS_ID_TOKEN_REQUEST_TOKEN: "secret" };
  return { asked, claims: await identityClaims(source) };
}

it("PUB-02: tells environment and ref as a registry would hear them, from an identity for no registry", async () => {
  const claims = { environment: "release", ref: "refs/tags/v1.1.0" };
  const found = await ask(200, JSON.stringify({ value: identityOf({ ...claims, sub: "repo:octo/tide" }) }));
  expect(found.claims).toEqual(claims);
  expect(found.asked).toEqual(["/id?x=1&audience=seaworthy-preflight", "Bearer secret"]);
});

it("PUB-02: tells a job without an environment", async () => {
  expect((await ask(200, JSON.stringify({ value: identityOf({ ref: "refs/heads/main" }) }))).claims).toEqual({
    ref: "refs/heads/main",
  });
});

it.each([
  [500, "{}", "HTTP 500"],
  [200, "no JSON", "no answer that can be read"],
  [200, JSON.stringify({ value: "abc" }), "nothing that can be read"],
])("cannot tell where the issuer answers %s and %s", async (code, answer, because) => {
  expect((await ask(code, answer)).claims).toEqual({ unknown: expect.stringContaining(because) });
});

it("cannot tell where the job may not ask", async () => {
  expect(await identityClaims({})).toEqual({ unknown: expect.stringContaining("may not ask") });
});
