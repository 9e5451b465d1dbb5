import { describe, expect, it } from "vitest";
import { npmEnvironment } from "#src/adapters/npm-environment";

const compose = (source: Record<string, string>) =>
  npmEnvironment({ folder: "/clean", source: { HOME: "/home/user", PATH: "/bin", ...source }, patience: 1_000 });

describe("the environment of the npm client", () => {
  it("PUB-31 F46: has a home and caches of its own, in one spelling only", () => {
    const environment = compose({
      NPM_CONFIG_CACHE: "/warm",
      npm_config_prefer_offline: "true",
      npm_config_offline: "true",
    });
    expect(environment).toMatchObject({
      HOME: "/clean/home",
      npm_config_cache: "/clean/cache",
      npm_config_prefer_online: "true",
    });
    expect(Object.keys(environment).filter((name) => /cache|offline/i.test(name))).toEqual(["npm_config_cache"]);
  });

  it.each([
    ["where npm would look", {}, "/home/user/.npmrc"],
    ["where the job says", { NPM_CONFIG_USERCONFIG: "/temp/.npmrc" }, "/temp/.npmrc"],
    ["where the job says in small letters", { npm_config_userconfig: "/temp/.npmrc" }, "/temp/.npmrc"],
  ])("finds the user's configuration %s", (_where, source, expected) => {
    expect(compose(source).npm_config_userconfig).toBe(expected);
  });

  it("keeps the way through a proxy that asks for a login, and no other address with a password", () => {
    const login = "http://user:hunter22@proxy.example:3128";
    const environment = compose({ HTTPS_PROXY: login, https_proxy: login, DATABASE_URL: "postgres://u:hunter22@h" });
    expect(environment).toMatchObject({ HTTPS_PROXY: login, https_proxy: login });
    expect(environment).not.toHaveProperty("DATABASE_URL");
  });

  it("keeps the registry and the token of its configuration, and no other secret", () => {
    const environment = compose({
      npm_config_registry: "http://registry.example/",
      NODE_AUTH_TOKEN: "sesame",
      GITHUB_TOKEN: "other",
      "INPUT_GITHUB-TOKEN": "other",
    });
    expect(environment).toMatchObject({ npm_config_registry: "http://registry.example/", NODE_AUTH_TOKEN: "sesame" });
    expect(Object.values(environment)).not.toContain("other");
  });
});
