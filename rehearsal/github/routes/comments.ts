import * as z from "zod";
import { issueOf } from "../issue-of.ts";
import { page } from "../pages.ts";
import { notFound, unprocessable } from "../problem.ts";
import { commentShape } from "../shapes/issues.ts";
import { nextId, nowIn, type Routes, type World } from "../world.ts";

const written = z.object({ body: z.string() });
/** Longest text GitHub takes, in characters. */
const BODY_LIMIT = 65_536;

/** Comments on issues. */
export const comments: Routes = {
  "issues/list-comments": (call, world) => {
    const issue = issueOf(world, call.params.issue_number);
    const { since } = call.query;
    const own = world.state.comments.filter(
      (one) => one.issue === issue.id && (since === undefined || one.updatedAt >= since),
    );
    return page(
      call,
      world,
      own.map((one) => commentShape(world, one)),
    );
  },
  "issues/create-comment": ({ params, body, grant }, world) => {
    const issue = issueOf(world, params.issue_number);
    const now = nowIn(world);
    const comment = {
      id: nextId(world.state),
      issue: issue.id,
      body: text(body),
      author: grant.login,
      createdAt: now,
      updatedAt: now,
    };
    world.state.comments.push(comment);
    issue.updatedAt = now;
    return { code: 201, body: commentShape(world, comment) };
  },
  "issues/get-comment": ({ params }, world) => ({
    code: 200,
    body: commentShape(world, commentOf(world, params.comment_id)),
  }),
  "issues/update-comment": ({ params, body }, world) => {
    const comment = commentOf(world, params.comment_id);
    comment.body = text(body);
    comment.updatedAt = nowIn(world);
    return { code: 200, body: commentShape(world, comment) };
  },
};

function text(body: unknown): string {
  const { body: given } = written.parse(body);
  if (given.trim() === "")
    throw unprocessable("Validation Failed", { resource: "IssueComment", code: "missing_field", field: "body" });
  if (given.length > BODY_LIMIT)
    throw unprocessable("Validation Failed", {
      resource: "IssueComment",
      code: "custom",
      field: "body",
      message: `body is too long (maximum is ${BODY_LIMIT} characters)`,
    });
  return given;
}

function commentOf({ state }: World, id: string | undefined) {
  const found = state.comments.find((one) => String(one.id) === id);
  if (!found) throw notFound();
  return found;
}
