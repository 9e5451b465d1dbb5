import { describe, expect, it } from "vitest";
import { toolEnvironment } from "./tool-environment.ts";

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
    ["BASH_ENV"],
    ["BASH_FUNC_git%%"],
  ])("never holds %s", (name) => {
    expect(only(name)).toEqual({});
  });

  it("never holds a variable that contains a given secret", () => {
    const source = { REMOTE: "https://x:hunter2@example.test/", HOME: "/home/x" };
    expect(toolEnvironment({ source, secrets: ["hunter2", ""] })).toEqual({ HOME: "/home/x" });
  });

  it("takes what is given besides over what was there, and leaves out what is not set", () => {
    const found = toolEnvironment({ source: { HOME: "/root", TZ: undefined }, extra: { HOME: "/elsewhere" } });
    expect(found).toEqual({ HOME: "/elsewhere" });
  });
});
