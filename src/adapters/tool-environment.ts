/** What a project's command gets besides, and what it must not see. */
export interface ToolEnvironmentOptions {
  /** The environment to choose from; that of this process where absent. */
  source?: Record<string, string | undefined>;
  /** Texts that no variable may contain. */
  secrets?: string[];
  /** Variables that replace those of the source; they are given as they are. */
  extra?: Record<string, string>;
}

/** Inputs and state of the action, the runner's service tokens, and its command files: they steer the job. */
const ofTheRunner = /^(INPUT_|STATE_|ACTIONS_|GITHUB_(OUTPUT|STATE|ENV|PATH|STEP_SUMMARY|ARTIFACTS|ARTIFACTS_LIST)$)/i;

/** Names that speak of a secret, such as GITHUB_TOKEN, SSH_AUTH_SOCK, AWS_SECRET_ACCESS_KEY or npm's `_authToken`. */
const ofSecrets =
  /(^|[^a-z])(tokens?|secrets?|passw(or)?d|passphrase|credentials?|pat|auth)([^a-z]|$)|authtoken|(api|access|private|signing)_?key/i;

/** Files and functions that bash would run before the command. */
const ofBash = /^(BASH_ENV|ENV|SHELLOPTS|BASHOPTS|BASH_FUNC_.*)$/;

/**
 * Chooses the environment of a project's command: PATH, HOME, LANG, CI and whatever the job has set up for its tools, but
 * never what belongs to the runner's own protocol and never a variable that is, by name or by value, a secret.
 */
export function toolEnvironment({ source = process.env, secrets = [], extra = {} }: ToolEnvironmentOptions = {}) {
  const hidden = secrets.filter((secret) => secret !== "");
  const chosen = Object.entries(source).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined && ![ofTheRunner, ofSecrets, ofBash].some((pattern) => pattern.test(entry[0])),
  );
  const harmless = chosen.filter(([, value]) => !hidden.some((secret) => value.includes(secret)));
  return { ...Object.fromEntries(harmless), ...extra };
}
