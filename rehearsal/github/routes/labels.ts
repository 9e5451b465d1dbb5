import * as z from "zod";
import { relabel } from "../issue-changes.ts";
import { issueOf } from "../issue-of.ts";
import { page } from "../pages.ts";
import { notFound, unprocessable } from "../problem.ts";
import { labelShape, labelsOf } from "../shapes/issues.ts";
import type { State } from "../state.ts";
import { nextId, nowIn, type Routes, type World } from "../world.ts";

/** Labels as clients name them: by text, or as objects with a name. */
export const labelNames = z.array(
  z.union([z.string(), z.looseObject({ name: z.string() }).transform(({ name }) => name)]),
);
const newLabel = z.object({ name: z.string(), color: z.string().default("ededed"), description: z.string().nullish() });
const added = z.union([z.object({ labels: labelNames }).transform((one) => one.labels), labelNames]);

/** Labels of the repository and of its issues. */
export const labels: Routes = {
  "issues/list-labels-for-repo": (call, world) =>
    page(
      call,
      world,
      world.state.labels.map((one) => labelShape(world.place, one)),
    ),
  "issues/create-label": ({ body }, world) => {
    const { name, color, description = null } = newLabel.parse(body);
    if (find(world, name))
      throw unprocessable("Validation Failed", { resource: "Label", code: "already_exists", field: "name" });
    const label = { id: nextId(world.state), name, color, description };
    world.state.labels.push(label);
    return { code: 201, body: labelShape(world.place, label) };
  },
  "issues/get-label": ({ params }, world) => {
    const found = find(world, params.name ?? "");
    if (!found) throw notFound();
    return { code: 200, body: labelShape(world.place, found) };
  },
  "issues/list-labels-on-issue": (call, world) =>
    page(call, world, labelsOf(world, issueOf(world, call.params.issue_number))),
  "issues/add-labels": ({ params, body, grant }, world) => {
    const issue = issueOf(world, params.issue_number);
    const names = added.parse(body);
    ensureLabels(world, names);
    relabel(world, issue, [...issue.labels, ...names], grant);
    issue.updatedAt = nowIn(world);
    return { code: 200, body: labelsOf(world, issue) };
  },
  "issues/remove-label": ({ params, grant }, world) => {
    const issue = issueOf(world, params.issue_number);
    if (!issue.labels.includes(params.name ?? "")) throw notFound();
    const rest = issue.labels.filter((name) => name !== params.name);
    relabel(world, issue, rest, grant);
    issue.updatedAt = nowIn(world);
    return { code: 200, body: labelsOf(world, issue) };
  },
};

/** Makes labels that an issue names and the repository does not know, as GitHub does for those who may write. */
export function ensureLabels(world: World, names: readonly string[]): void {
  for (const name of names) {
    if (!find(world, name))
      world.state.labels.push({ id: nextId(world.state), name, color: "ededed", description: null });
  }
}

function find({ state }: World, name: string): State["labels"][number] | undefined {
  return state.labels.find((one) => one.name.toLowerCase() === name.toLowerCase());
}
