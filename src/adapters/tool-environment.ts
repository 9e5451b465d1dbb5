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

/** Ends of names that speak of a secret without a boundary before them, such as PGPASSWORD, SSHPASS or MYSQL_PWD. */
const endingAsSecrets = /(tokens?|passwords?|passwd|pass|pwd|passphrase|secrets?|keys?|credentials?)$/i;

/** The shell's own folders, whose names end like a password's. */
const folders = new Set(["PWD", "OLDPWD"]);

/** User and password in an address, such as `postgres://user:password@host`; the password is the first group. */
const addressedPassword = /:\/\/[^\s/?#:@]*:([^\s/?#@]+)@/g;

/** Shorter values would blacken every log: many a variable named like a secret is a switch. */
const shortestSecret = 4;

/** Files and functions that bash would run before the command. */
const ofBash = /^(BASH_ENV|ENV|SHELLOPTS|BASHOPTS|BASH_FUNC_.*)$/;

/**
 * Chooses the environment of a project's command: PATH, HOME, LANG, CI and whatever the job has set up for its tools, but
 * never what belongs to the runner's own protocol and never a variable that is, by name or by value, a secret.
 */
export function toolEnvironment({ source = process.env, secrets = [], extra = {} }: ToolEnvironmentOptions = {}) {
  const hidden = secrets.filter((secret) => secret !== "");
  const harmless = present(source).filter(
    ([name, value]) =>
      ![ofTheRunner, ofBash].some((pattern) => pattern.test(name)) &&
      !isSecret(name, value) &&
      !hidden.some((secret) => value.includes(secret)),
  );
  return { ...Object.fromEntries(harmless), ...extra };
}

/**
 * Lists what a command must not see and no log may show: the values that `toolEnvironment` withholds as secrets, from four
 * characters on, and the passwords inside of addresses, as they are written and as they are meant.
 */
export function withheldSecrets(source: Record<string, string | undefined> = process.env): string[] {
  const texts = present(source)
    .filter(([name, value]) => isSecret(name, value))
    .flatMap(([, value]) => [value, ...passwordsIn(value).flatMap((password) => [password, decoded(password)])]);
  return [...new Set(texts)].filter((text) => text.length >= shortestSecret);
}

function isSecret(name: string, value: string): boolean {
  if (folders.has(name)) return false;
  return ofSecrets.test(name) || endingAsSecrets.test(name) || passwordsIn(value).length > 0;
}

function passwordsIn(value: string): string[] {
  return [...value.matchAll(addressedPassword)].flatMap(([, password]) => password ?? []);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function present(source: Record<string, string | undefined>): [name: string, value: string][] {
  return Object.entries(source).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
}
