import { describe, expect, it } from "vitest";
import { failureClass } from "./failure-class.ts";

describe("GAT-06 F47: a failed command", () => {
  it.each([
    ["npm error code ECONNRESET"],
    ["npm error network request to the registry failed, reason: getaddrinfo EAI_AGAIN"],
    ["curl: (6) Could not resolve host: index.example"],
    ["net/http: TLS handshake timeout"],
    ["ssl.SSLCertVerificationError: certificate verify failed"],
    ["received 503 Service Unavailable from the index"],
    ["cp: error writing 'x': No space left on device"],
  ])("is of the environment where its log says %j", (log) => {
    expect(failureClass(log)).toBe("environment");
  });

  it.each([
    ["1 test failed: expected 2, found 3"],
    ["connect ECONNREFUSED 127.0.0.1:8080"],
    ["expected status 503 for a missing backend"],
    [""],
  ])("is of the product where its log says %j", (log) => {
    expect(failureClass(log)).toBe("product");
  });
});
