import { describe, expect, it } from "vitest";
import { toolEnvironment, withheldSecrets } from "./tool-environment.ts";

const only = (name: string) => toolEnvironment({ source: { [name]: "value" } });

describe("the environment of a project's command", () => {
  it.each([
    ["PATH"],
    ["HOME"],
    ["LANG"],
    ["LC_ALL"],
    ["CI"],
    ["GITHUB_ACTIONS"],
    ["GITHUB_SHA"],
    ["GITHUB_WORKSPACE"],
    ["RUNNER_TEMP"],
    ["RUNNER_TRACKING_ID"],
    ["JAVA_HOME"],
    ["GIT_AUTHOR_NAME"],
    ["npm_config_registry"],
    ["HTTPS_PROXY"],
    ["DATABASE_URL"],
    ["PWD"],
    ["OLDPWD"],
    ["KEYBOARD"],
    ["PASSENGER_COUNT"],
  ])("holds %s", (name) => {
    expect(only(name)).toEqual({ [name]: "value" });
  });

  it.each([
    ["INPUT_GITHUB-TOKEN"],
    ["INPUT_RECORDS"],
    ["STATE_started"],
    ["ACTIONS_RUNTIME_TOKEN"],
    ["ACTIONS_RUNTIME_URL"],
    ["ACTIONS_RESULTS_URL"],
    ["ACTIONS_ID_TOKEN_REQUEST_URL"],
    ["ACTIONS_ID_TOKEN_REQUEST_TOKEN"],
    ["GITHUB_OUTPUT"],
    ["GITHUB_STATE"],
    ["GITHUB_ENV"],
    ["GITHUB_PATH"],
    ["GITHUB_STEP_SUMMARY"],
    ["GITHUB_TOKEN"],
    ["GH_TOKEN"],
    ["NODE_AUTH_TOKEN"],
    ["npm_config__authToken"],
    ["AWS_SECRET_ACCESS_KEY"],
    ["SSH_AUTH_SOCK"],
    ["DB_PASSWORD"],
    ["MY_PAT"],
    ["SERVICE_APIKEY"],
    ["PGPASSWORD"],
    ["MYSQL_PWD"],
    ["SSHPASS"],
    ["GITHUBTOKEN"],
    ["SECRETKEY"],
    ["DOCKERPASSWORD"],
    ["dbpasswd"],
    ["APPSECRET"],
    ["SIGNINGKEYS"],
    ["GPGPASSPHRASE"],
    ["CLOUDCREDENTIALS"],
    ["BASH_ENV"],
    ["BASH_FUNC_git%%"],
  ])("never holds %s", (name) => {
    expect(only(name)).toEqual({});
  });

  it("never holds a variable that contains a given secret", () => {
    const source = { REMOTE: "https://x:hunter2@example.test/", HOME: "/home/x" };
    expect(toolEnvironment({ source, secrets: ["hunter2", ""] })).toEqual({ HOME: "/home/x" });
  });

  it.each([
    ["postgres://user:hunter22@host/db"],
    ["redis://:hunter22@host"],
    ["see https://user:hunter22@proxy.test:8080 for it"],
  ])("never holds the address with a password %s, whatever its name", (value) => {
    expect(toolEnvironment({ source: { ADDRESS: value } })).toEqual({});
  });

  it.each([["https://host:8080/@scope/name"], ["ssh://git@host/name"], ["https://host/?at=12:30@noon"]])(
    "holds the address without one %s",
    (value) => {
      expect(toolEnvironment({ source: { ADDRESS: value } })).toEqual({ ADDRESS: value });
    },
  );

  it("knows the values that it withholds, and the passwords in them as they are written and as they are meant", () => {
    const source = {
      PGPASSWORD: "hunter22",
      HOME: "/root",
      URL: "http://u:p%40ssword@h",
      DEBUG_KEY: "1",
      PWD: "/here",
    };
    expect(withheldSecrets(source)).toEqual(["hunter22", "http://u:p%40ssword@h", "p%40ssword", "p@ssword"]);
  });

  it("knows a password whose escapes mean nothing as it is written", () => {
    expect(withheldSecrets({ URL: "http://u:100%zz@h" })).toEqual(["http://u:100%zz@h", "100%zz"]);
  });

  it("takes what is given besides over what was there, and leaves out what is not set", () => {
    const found = toolEnvironment({ source: { HOME: "/root", TZ: undefined }, extra: { HOME: "/elsewhere" } });
    expect(found).toEqual({ HOME: "/elsewhere" });
  });
});
