import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Config } from "#src/contract/config/schema";
import { readConfig } from "#src/contract/read-config";

/**
 * Reads the configuration of the repository that is rehearsed, to set the world up around it. Undefined where there is none
 * that holds: the plan stage says why, better than the set-up could.
 */
export function consumerConfig(checkout: string): Config | undefined {
  try {
    return readConfig(readFileSync(join(checkout, ".github/seaworthy.yml"), "utf8"), ".github/seaworthy.yml");
  } catch {
    return undefined;
  }
}
