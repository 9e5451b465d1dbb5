import { Failure } from "#src/domain/failure";
import type { Checkout, CheckoutFacts } from "#src/ports/checkout";
import type { Commit, GitHistory } from "#src/ports/git-history";
import type { HeldFile, ProjectFiles } from "#src/ports/project-files";

/** A repository in memory: commits in the order in which they were made, each with the files it holds. */
export interface FakeRepository {
  commits: (Commit & { files: Record<string, string> })[];
  checkout: CheckoutFacts;
  /** Commits that refs of the checkout point at; the head where absent. */
  refs?: string[];
}

/** Opens a repository in memory. */
export function fakeLocalGit({
  commits,
  checkout,
  refs = [checkout.head],
}: FakeRepository): Checkout & GitHistory & ProjectFiles {
  const known = new Map(commits.map((commit) => [commit.sha, commit]));
  const reached = (from: string): Set<string> => {
    const found = new Set<string>();
    const open = [from];
    for (let sha = open.pop(); sha !== undefined; sha = open.pop()) {
      if (found.has(sha)) continue;
      found.add(sha);
      open.push(...(known.get(sha)?.parents ?? []));
    }
    return found;
  };
  return {
    look: async () => checkout,
    commitsSince: async function* (base, tip) {
      const without = base ? reached(base) : new Set<string>();
      const wanted = reached(tip);
      for (const { sha, parents, message } of commits.toReversed()) {
        if (wanted.has(sha) && !without.has(sha)) yield { sha, parents, message };
      }
    },
    isAncestor: async (older, newer) => (known.has(older) && known.has(newer) ? reached(newer).has(older) : "unknown"),
    firstParent: async (commit) => (known.has(commit) ? (known.get(commit)?.parents[0] ?? null) : "unknown"),
    changesOf: async function* (paths, { base, tip }) {
      const without = base ? reached(base) : new Set<string>();
      for (let at = known.get(tip); at && !without.has(at.sha); at = known.get(at.parents[0] ?? "")) {
        const before = known.get(at.parents[0] ?? "")?.files ?? {};
        const { sha, files } = at;
        if (paths.some((path) => files[path] !== before[path])) yield sha;
      }
    },
    changedPaths: async function* (base, tip) {
      const was = base ? known.get(base)?.files : {};
      const is = known.get(tip)?.files;
      if (!was || !is) throw unreadable(was ? tip : (base ?? tip));
      for (const path of new Set([...Object.keys(was), ...Object.keys(is)]).values()) {
        if (was[path] !== is[path]) yield path;
      }
    },
    tips: async (sha) => ({ all: new Set(refs), containing: new Set(refs.filter((ref) => reached(ref).has(sha))) }),
    read: async (path, commit) => {
      const held = known.get(commit);
      if (!held) throw unreadable(commit);
      return held.files[path];
    },
    readMany: async (wanted) =>
      wanted.map(({ path, commit }): HeldFile => {
        const held = known.get(commit);
        if (!held) return { kind: "out-of-reach" };
        const text = held.files[path];
        return text === undefined ? { kind: "absent" } : { kind: "text", text };
      }),
    list: async (commit) => {
      const held = known.get(commit);
      if (!held) throw unreadable(commit);
      return Object.keys(held.files);
    },
  };
}

function unreadable(commit: string): Failure {
  return new Failure({
    kind: "input",
    code: "plan.history-unreadable",
    message: `expected commit ${commit}, found none`,
    hint: "Fetch it.",
  });
}
