import { describe, expect, it } from "vitest";
import { closingExcerpt, excerpt } from "./log-excerpt.ts";
import { hideTokens } from "./token-shapes.ts";

// Put together here, so that no file holds what scanners take for a secret.
const body = "a1B2c3D4e5F6".repeat(3);
const jwt = ["eyJhbGciOiJSUzI1NiJ9", `eyJzdWIi${body}`, `Zm9v-${body}_YmFy`].join(".");
const key = (end: string) => `-----BEGIN OPENSSH ${"PRIVATE KEY"}-----\nb3BlbnNzaC1r\nZXktdjEAAAAA\n${end}`;

describe("GAT-44: a credential that nobody named", () => {
  it.each([
    ...["ghp", "gho", "ghs", "ghr", "ghu"].map((prefix) => [`of GitHub, ${prefix}`, `${prefix}_${body}`, "***"]),
    ["of GitHub, signed", `ghs_12345_${jwt}`, "***"],
    ["of an identity, as the runner hands it out", `token ${jwt} behind`, "token *** behind"],
    ["of GitHub, with chosen rights", `github_pat_${body}_${body}`, "***"],
    ["of npm", `npm_${body}`, "***"],
    ["of npm, in its configuration", "//npm.example/:_authToken=s3cret", "//npm.example/:_authToken=***"],
    ["of AWS", `AKIA${"Q7".repeat(8)}`, "***"],
    ["a private key", `${key(`-----END OPENSSH ${"PRIVATE KEY"}-----`)} behind`, "*** behind"],
    ["a private key that the log cuts off", key(""), "***"],
    ["of a header, bearer", `Authorization: Bearer ${body}==`, "Authorization: Bearer ***"],
    ["of a header, basic", "authorization: Basic b2N0bzpwdw==", "authorization: Basic ***"],
    ["in an address", "push to https://octo:pa@ss@git.example/tide.git", "push to https://***@git.example/tide.git"],
  ])("is hidden: %s", (_shape, text, shown) => {
    expect(hideTokens(text)).toBe(shown);
    expect(excerpt(text)).toBe(shown);
    expect(closingExcerpt(text)).toBe(shown);
  });

  it.each([
    ["an address without one", "see https://git.example/@octo/tide?by=a@b.example"],
    ["a public key", `-----BEGIN ${"PUBLIC KEY"}-----\nMFkw\n-----END ${"PUBLIC KEY"}-----`],
    ["words", "the bearer of npm_config_registry was asked for basic authorization"],
    ["a digest", "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"],
  ])("is not seen in %s", (_what, text) => {
    expect(hideTokens(text)).toBe(text);
  });

  it("is looked for in linear time, however a log repeats its beginning", () => {
    const log = ["://", "bearer ", "ghp_", "authorization: ", "eyJ", "-eyJ", "eyJhbGciOiJSUzI1NiJ9."]
      .map((part) => part.repeat(20_000))
      .join("\n");
    expect(hideTokens(log).length).toBeGreaterThan(0);
  });
});
