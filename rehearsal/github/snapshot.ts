import { createHash } from "node:crypto";
import type { Git } from "./git/git.ts";
import { listRefs } from "./git/refs.ts";
import type { State } from "./state.ts";

/** Everything a stranger could find in the embedded GitHub, as plain JSON in a fixed order. Request counts are not part of it. */
export type Snapshot = Awaited<ReturnType<typeof takeSnapshot>>;

/** Reads every ref, a digest over all objects, and all records; two equal snapshots mean that nothing was written between them. */
export async function takeSnapshot(git: Git, state: State) {
  const refs = await listRefs(git, "refs/");
  const objects = await git.run(["cat-file", "--batch-all-objects", "--batch-check=%(objectname)"]);
  const assets = state.assets.map(({ base64: _bytes, downloads: _downloads, ...shown }) => shown);
  const { nextId: _next, createdAt: _created, ...records } = state;
  const head = (await git.find(["symbolic-ref", "HEAD"])) ?? null;
  return structuredClone({
    head,
    refs: Object.fromEntries(refs.map((one) => [one.ref, one.sha])),
    objects: createHash("sha256").update(objects).digest("hex"),
    ...records,
    assets,
  });
}
