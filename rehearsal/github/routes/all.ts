import type { Routes } from "../world.ts";
import { account } from "./account.ts";
import { artifacts } from "./artifacts.ts";
import { branches } from "./branches.ts";
import { checks } from "./checks.ts";
import { comments } from "./comments.ts";
import { commits } from "./commits.ts";
import { contents } from "./contents.ts";
import { deployments } from "./deployments.ts";
import { environments } from "./environments.ts";
import { gitObjects } from "./git-objects.ts";
import { gitRefs } from "./git-refs.ts";
import { issues } from "./issues.ts";
import { labels } from "./labels.ts";
import { milestones } from "./milestones.ts";
import { pullReviews } from "./pull-reviews.ts";
import { pulls } from "./pulls.ts";
import { releaseAssets } from "./release-assets.ts";
import { releases } from "./releases.ts";
import { rules } from "./rules.ts";
import { runs } from "./runs.ts";
import { search } from "./search.ts";
import { statuses } from "./statuses.ts";
import { workflows } from "./workflows.ts";

/** Every operation that is answered, by its id. */
export const routes: Routes = {
  ...account,
  ...artifacts,
  ...branches,
  ...checks,
  ...comments,
  ...commits,
  ...contents,
  ...deployments,
  ...environments,
  ...gitObjects,
  ...gitRefs,
  ...issues,
  ...labels,
  ...milestones,
  ...pullReviews,
  ...pulls,
  ...releaseAssets,
  ...releases,
  ...rules,
  ...runs,
  ...search,
  ...statuses,
  ...workflows,
};
