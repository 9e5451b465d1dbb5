import * as z from "zod";
import { parseJson } from "#src/domain/parse-json";
import type { GateSeat } from "./gate-ports.ts";

const context = z.object({ run: z.object({ ref: z.string() }) });

/** Lists the branches that releases start from: as named, or of the promotion's chain, or the one that this run is of. */
export function branchesOf(named: string[] | undefined, { config, plan }: Pick<GateSeat, "config" | "plan">): string[] {
  const chain = named ?? config.promote?.chain;
  if (chain) return chain;
  const bytes = plan.attachments.get("context.json");
  const { data } = context.safeParse(parseJson(new TextDecoder().decode(bytes)));
  const branch = /^refs\/heads\/(.+)$/.exec(data?.run.ref ?? "")?.[1];
  return branch === undefined ? [] : [branch];
}
