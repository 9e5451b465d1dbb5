import { approvalTitle } from "#src/contract/config/gates/approval";
import { Failure } from "#src/domain/failure";
import type { IssueComment, Issues } from "#src/ports/issues";

/** Whoever may open issues may open some with this title; so many are not looked through. */
const mostIssues = 5;

/**
 * Reads the comments on every open issue that is named after the tag: whose issue it is says nothing, who comments does. Throws
 * `gates.approval-unknown` where not all of them can be seen, as a rejection might be among the rest.
 */
export async function readComments(issues: Issues, tag: string): Promise<IssueComment[]> {
  const title = approvalTitle(tag);
  const open = await issues.list({ open: true });
  if (!open.complete) throw unseen(title, "more open issues than can be listed");
  const asking = open.items.filter((issue) => issue.title.trim() === title);
  if (asking.length > mostIssues) throw unseen(title, `${asking.length} open issues of that name`);
  const lists = await Promise.all(asking.map(({ number }) => issues.comments(number)));
  if (lists.some(({ complete }) => !complete)) throw unseen(title, "more comments than can be listed");
  return lists.flatMap(({ items }) => items);
}

function unseen(title: string, found: string): Failure {
  return new Failure({
    kind: "upstream",
    code: "gates.approval-unknown",
    message: `expected to see every comment on "${title}", found ${found}`,
    hint: "Close what is open without need, and rerun the failed jobs.",
  });
}
