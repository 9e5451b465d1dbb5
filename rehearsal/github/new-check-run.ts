import type { CheckRun } from "./records.ts";
import { nextId, nowIn, type World } from "./world.ts";

/** Makes a queued check run; it joins the suite that its app has on the commit. */
export function newCheckRun(
  world: World,
  { id, name, headSha, app }: Pick<CheckRun, "id" | "name" | "headSha" | "app">,
): CheckRun {
  const sibling = world.state.checkRuns.find((one) => one.headSha === headSha && one.app === app);
  return {
    id,
    name,
    headSha,
    suite: sibling?.suite ?? nextId(world.state),
    app,
    status: "queued",
    conclusion: null,
    startedAt: nowIn(world),
    completedAt: null,
    externalId: "",
    detailsUrl: null,
    title: null,
    summary: null,
    text: null,
    annotations: 0,
  };
}
