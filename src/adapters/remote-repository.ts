import { askRemote, type Remote, remoteAddress } from "#src/adapters/git-remote";
import { fullSha } from "#src/domain/release";
import type { Clock } from "#src/ports/clock";
import type { RemoteRefs, RemoteRepository, RemoteSilence } from "#src/ports/remote-refs";

/** Milliseconds to wait before the second and the third attempt. */
const waits = [1_000, 4_000];

/** Asks the server for the repository's branches and tags: one request, repeated twice where no answer came. */
export function remoteRepository(remote: Remote, clock: Clock): RemoteRepository {
  return {
    refs: async () => {
      let answer = await askOnce(remote);
      for (const wait of waits) {
        if (answer.known || isRefusal(answer)) break;
        await clock.sleep(wait);
        answer = await askOnce(remote);
      }
      return answer;
    },
  };
}

async function askOnce(remote: Remote): Promise<RemoteRefs | RemoteSilence> {
  const answer = await askRemote(remote, ["ls-remote", "--quiet", "--heads", "--tags", remoteAddress(remote)]);
  return answer.ok ? readRefs(answer.output.toString("utf8")) : { known: false, because: answer.because };
}

/** Asking again does not help where the server knows who asks and says no. */
function isRefusal({ because }: RemoteSilence): boolean {
  return /authentication failed|could not read username|not found|does not appear to be|40[134]\b/i.test(because);
}

/**
 * Reads rows of an id and a ref; the row that ends in `^{}` follows an annotated tag to its commit. Git takes any page
 * with HTTP 200 for an empty repository (its "dumb" protocol), so that an answer without branches is no answer.
 */
function readRefs(text: string): RemoteRefs | RemoteSilence {
  const heads = new Map<string, string>();
  const tags = new Map<string, string>();
  const annotated = new Set<string>();
  for (const row of text.split("\n").filter(Boolean)) {
    const [, id = "", kind, name = ""] = /^([0-9a-f]+)\trefs\/(heads|tags)\/(.+)$/.exec(row) ?? [];
    if (!fullSha.test(id))
      return { known: false, because: "expected rows of an object id and a ref, found another text" };
    if (kind === "heads") heads.set(name, id);
    else {
      const tag = name.replace(/\^\{\}$/, "");
      if (tag !== name) annotated.add(tag);
      tags.set(tag, id);
    }
  }
  if (heads.size === 0) return { known: false, because: "expected at least one branch, found an answer without any" };
  return { known: true, heads, tags, annotated };
}
