import * as z from "zod";
import { issueOf } from "../issue-of.ts";
import { page } from "../pages.ts";
import { unprocessable } from "../problem.ts";
import type { Milestone } from "../records.ts";
import { issueEventShape, milestoneShape } from "../shapes/milestones.ts";
import { nextId, nowIn, type Routes } from "../world.ts";

const newMilestone = z.object({
  title: z.string(),
  state: z.enum(["open", "closed"]).default("open"),
  description: z.string().nullish(),
});

/** Milestones, and what became of an issue's labels and milestone. */
export const milestones: Routes = {
  "issues/list-milestones": (call, world) => {
    const { state = "open" } = call.query;
    const chosen = world.state.milestones.filter((one) => state === "all" || one.state === state);
    return page(
      call,
      world,
      chosen.map((one) => milestoneShape(world, one)),
    );
  },
  "issues/create-milestone": ({ body, grant }, world) => {
    const { title, state, description = null } = newMilestone.parse(body);
    if (world.state.milestones.some((one) => one.title === title))
      throw unprocessable("Validation Failed", { resource: "Milestone", code: "already_exists", field: "title" });
    const now = nowIn(world);
    const milestone: Milestone = {
      ...{ id: nextId(world.state), number: world.state.milestones.length + 1, title, state, description },
      ...{ creator: grant.login, createdAt: now, updatedAt: now, closedAt: state === "closed" ? now : null },
    };
    world.state.milestones.push(milestone);
    return { code: 201, body: milestoneShape(world, milestone) };
  },
  "issues/list-events": (call, world) => {
    const issue = issueOf(world, call.params.issue_number);
    const own = world.state.issueEvents.filter((one) => one.issue === issue.id);
    return page(
      call,
      world,
      own.map((one) => issueEventShape(world, one)),
    );
  },
};
