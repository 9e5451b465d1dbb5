import { join } from "node:path";
import { userConfigurationPath } from "#src/adapters/npm-user-configuration";
import { toolEnvironment } from "#src/adapters/tool-environment";

/** What the client's environment is made of: a clean folder, the job's variables, and the patience for one request in milliseconds. */
export interface NpmEnvironmentFacts {
  folder: string;
  source: Record<string, string | undefined>;
  patience: number;
  /** Further variables that the client's configuration refers to. */
  lent?: string[];
}

/**
 * The user's own configuration of the client, in any spelling, the variables that such a file usually refers to, and the
 * proxies, which may ask for a login.
 */
const ofTheClient = /^(npm_config_.+|NODE_AUTH_TOKEN|NPM_TOKEN|(https?_|all_|no_)?proxy)$/i;

/** What a clean place sets itself; npm reads these names in any case, so the job's own spelling must not stay beside them. */
const replaced =
  /^(HOME|USERPROFILE|npm_config_(cache|prefix|userconfig|update_notifier|fetch_.+|prefer_.+|offline|json|loglevel|dry_run))$/i;

/**
 * Composes the environment of the npm client: the user's registry and credentials as configured, and everything that
 * remembers (home, caches) fresh. Retries are left to the stage, which has the deadline.
 */
export function npmEnvironment({ folder, source, patience, lent = [] }: NpmEnvironmentFacts): Record<string, string> {
  const configured = Object.entries(source).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined && (ofTheClient.test(entry[0]) || lent.includes(entry[0])),
  );
  const all = Object.entries(toolEnvironment({ source, extra: Object.fromEntries(configured) }));
  return {
    ...Object.fromEntries(all.filter(([name]) => !replaced.test(name))),
    HOME: join(folder, "home"),
    npm_config_userconfig: userConfigurationPath(source),
    npm_config_cache: join(folder, "cache"),
    npm_config_prefix: join(folder, "prefix"),
    npm_config_update_notifier: "false",
    npm_config_prefer_online: "true",
    npm_config_fetch_retries: "0",
    npm_config_fetch_timeout: String(patience),
  };
}
