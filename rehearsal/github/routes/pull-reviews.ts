import { page } from "../pages.ts";
import type { PullRequest } from "../records.ts";
import { listedPull } from "../shapes/pulls.ts";
import { userShape } from "../shapes/user.ts";
import { apiPath, htmlPath, nodeId, type Place, type Routes } from "../world.ts";
import { pullOf } from "./pulls.ts";

/** The pull requests behind a commit, and what people said of them, as the set-up told it. */
export const pullReviews: Routes = {
  "repos/list-pull-requests-associated-with-commit": async (call, world) => {
    const { commit_sha: sha = "" } = call.params;
    const found = world.state.pulls.filter(({ commits, mergeCommit }) => commits.includes(sha) || mergeCommit === sha);
    return page(call, world, await Promise.all(found.map((one) => listedPull(world, one))));
  },
  "pulls/list-reviews": (call, world) => {
    const pull = pullOf(world, call.params);
    const shown = pull.reviews.map((review, index) =>
      reviewShape(world.place, pull, { id: pull.id * 1_000 + index, ...review }),
    );
    return page(call, world, shown);
  },
};

type Review = PullRequest["reviews"][number] & { id: number };

function reviewShape(place: Place, { number }: PullRequest, review: Review) {
  const html = `${htmlPath(place, `/pull/${number}`)}#pullrequestreview-${review.id}`;
  const pull = apiPath(place, `/pulls/${number}`);
  return {
    ...{
      id: review.id,
      node_id: nodeId("PullRequestReview", review.id),
      user: userShape(place, review.user),
      body: "",
    },
    ...{ state: review.state, commit_id: review.commit, submitted_at: review.submittedAt },
    ...{ html_url: html, pull_request_url: pull, author_association: review.association },
    _links: { html: { href: html }, pull_request: { href: pull } },
  };
}
