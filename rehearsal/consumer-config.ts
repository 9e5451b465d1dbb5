import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { type Config, configSchema } from "#src/contract/config/schema";

/**
 * Reads the configuration of the repository that is rehearsed, to set the world up around it. Undefined where there is none
 * that holds: the plan stage says why, better than the set-up could.
 */
export function consumerConfig(checkout: string): Config | undefined {
  try {
    const parsed = configSchema.safeParse(parse(readFileSync(join(checkout, ".github/seaworthy.yml"), "utf8")));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
