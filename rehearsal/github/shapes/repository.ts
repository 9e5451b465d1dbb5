import { apiPath, htmlPath, nodeId, type Place } from "../world.ts";
import { userShape } from "./user.ts";

/** The id of the one repository that is hosted. */
export const REPOSITORY_ID = 1;

const PLAIN = [
  "contributors",
  "deployments",
  "downloads",
  "events",
  "forks",
  "hooks",
  "languages",
  "merges",
  "stargazers",
  "subscribers",
  "subscription",
  "tags",
  "teams",
];
const TEMPLATES = {
  archive: "/{archive_format}{/ref}",
  assignees: "/assignees{/user}",
  blobs: "/git/blobs{/sha}",
  branches: "/branches{/branch}",
  collaborators: "/collaborators{/collaborator}",
  comments: "/comments{/number}",
  commits: "/commits{/sha}",
  compare: "/compare/{base}...{head}",
  contents: "/contents/{+path}",
  git_commits: "/git/commits{/sha}",
  git_refs: "/git/refs{/sha}",
  git_tags: "/git/tags{/sha}",
  issue_comment: "/issues/comments{/number}",
  issue_events: "/issues/events{/number}",
  issues: "/issues{/number}",
  keys: "/keys{/key_id}",
  labels: "/labels{/name}",
  milestones: "/milestones{/number}",
  notifications: "/notifications{?since,all,participating}",
  pulls: "/pulls{/number}",
  releases: "/releases{/id}",
  statuses: "/statuses/{sha}",
  trees: "/git/trees{/sha}",
};

/** Shows the repository as it appears inside other objects. */
export function minimalRepository(place: Place) {
  const urls = [
    ...PLAIN.map((name) => [`${name}_url`, apiPath(place, `/${name}`)]),
    ...Object.entries(TEMPLATES).map(([name, path]) => [`${name}_url`, apiPath(place, path)]),
  ];
  return {
    id: REPOSITORY_ID,
    node_id: nodeId("Repository", REPOSITORY_ID),
    name: place.name,
    full_name: `${place.owner}/${place.name}`,
    owner: userShape(place, place.owner),
    private: false,
    html_url: htmlPath(place, ""),
    description: null,
    fork: false,
    url: apiPath(place, ""),
    ...Object.fromEntries(urls),
  };
}

/** Shows the repository in full. Clone addresses use the loopback number, which every client resolves. */
export function fullRepository(
  place: Place,
  facts: { branch: string; createdAt: string; pushedAt: string; openIssues: number },
) {
  const git = `${place.apiUrl}/${place.owner}/${place.name}.git`;
  return {
    ...minimalRepository(place),
    git_url: git,
    ssh_url: git,
    clone_url: git,
    svn_url: htmlPath(place, ""),
    mirror_url: null,
    homepage: null,
    language: null,
    forks_count: 0,
    forks: 0,
    stargazers_count: 0,
    watchers_count: 0,
    watchers: 0,
    subscribers_count: 0,
    network_count: 0,
    size: 0,
    open_issues_count: facts.openIssues,
    open_issues: facts.openIssues,
    default_branch: facts.branch,
    has_issues: true,
    has_projects: false,
    has_wiki: false,
    has_pages: false,
    has_discussions: false,
    archived: false,
    disabled: false,
    visibility: "public",
    license: null,
    pushed_at: facts.pushedAt,
    created_at: facts.createdAt,
    updated_at: facts.pushedAt,
  };
}
