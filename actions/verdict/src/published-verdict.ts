import { verdictSchema } from "#src/domain/release-verdict";
import type { WantedRelease } from "./wanted-release.ts";

/** Tells whether bytes are a verdict that released this very tag and commit, with the same GitHub release in its plan. */
export function isVerdictOf(bytes: Uint8Array, { tag, sha, effect }: WantedRelease): boolean {
  const parsed = verdictSchema.safeParse(jsonOf(bytes));
  if (!parsed.success) return false;
  const { verdict, release, effects } = parsed.data;
  const released = verdict === "Released" || verdict === "Released-with-override";
  const planned = effects.some(
    ({ kind, target, wanted }) => kind === effect.kind && target === tag && wanted === effect.wanted,
  );
  return released && planned && release.tag === tag && release.sha === sha;
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}
