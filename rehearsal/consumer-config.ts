import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Config } from "#src/contract/config/schema";
import { defaultConfigPath, readConfig } from "#src/contract/read-config";

/**
 * Reads the configuration of the repository that is rehearsed, to set the world up around it. Undefined where there is none
 * that holds: the plan stage says why, better than the set-up could.
 */
export function consumerConfig(checkout: string): Config | undefined {
  try {
    return readConfig(readFileSync(join(checkout, defaultConfigPath), "utf8"), defaultConfigPath);
  } catch {
    return undefined;
  }
}
