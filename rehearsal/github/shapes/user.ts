import { nodeId, type Place } from "../world.ts";

const BOT = "github-actions[bot]";

/** Shows an account the way GitHub does wherever a person is named. Ids derive from the login. */
export function userShape(place: Place, login: string) {
  const bot = login.endsWith("[bot]");
  const id = login === BOT ? 41_898_282 : accountId(login);
  const url = `${place.apiUrl}/users/${encodeURIComponent(login)}`;
  return {
    login,
    id,
    node_id: nodeId("User", id),
    avatar_url: `${place.serverUrl}/avatars/${id}`,
    gravatar_id: "",
    url,
    html_url: `${place.serverUrl}/${bot ? `apps/${login.slice(0, -5)}` : login}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: bot ? "Bot" : "User",
    site_admin: false,
  };
}

/** Shows the app behind a check run; `github-actions` is the one that workflows report through. */
export function appShape(place: Place, slug: string, createdAt: string) {
  const id = slug === "github-actions" ? 15_368 : accountId(slug);
  return {
    id,
    slug,
    node_id: nodeId("App", id),
    owner: userShape(place, "github"),
    name: slug === "github-actions" ? "GitHub Actions" : slug,
    description: null,
    external_url: place.serverUrl,
    html_url: `${place.serverUrl}/apps/${slug}`,
    created_at: createdAt,
    updated_at: createdAt,
    permissions: { checks: "write", metadata: "read" },
    events: ["check_run", "check_suite"],
  };
}

/** Gives the identity that commits and tags made by an account carry. */
export function gitIdentity(login: string): { name: string; email: string } {
  const id = login === BOT ? 41_898_282 : accountId(login);
  return { name: login, email: `${id}+${login}@users.noreply.github.com` };
}

/** Gives the account behind an address of a commit: GitHub's own kind names it; of any other, the part before the @ is assumed. */
export function accountOf(email: string): string | undefined {
  const [local = "", host = ""] = email.split("@");
  if (host === "users.noreply.github.com") return local.replace(/^\d+\+/, "") || undefined;
  return /^[A-Za-z0-9](-?[A-Za-z0-9])*$/.test(local) ? local : undefined;
}

function accountId(login: string): number {
  return [...login].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1_000_000_007, 7);
}
