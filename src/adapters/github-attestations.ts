import * as z from "zod";
import { type GitHubClient, githubClient, httpStatus } from "#src/adapters/github-client";
import { placeOf } from "#src/adapters/github-place";
import { questionFailure, readTrouble } from "#src/adapters/github-refusal";
import type { Attestations } from "#src/ports/attestations";

const listing = z.object({ attestations: z.array(z.object({ bundle: z.unknown() })) });

/** Asks the API for attestations, with `attestations: read`, and verifies them in a bundle of its own, loaded at first use. */
export function githubAttestations(token: string, repository: string, client?: GitHubClient): Attestations {
  return {
    find: (sha256) => findBundles(client ?? githubClient(token), repository, sha256),
    verify: async (bundle, roots) => {
      const { verifyBundle } = await import(/* webpackIgnore: true */ "#sigstore-verifier");
      return verifyBundle(bundle, roots);
    },
  };
}

async function findBundles(client: GitHubClient, repository: string, sha256: string): Promise<unknown[]> {
  try {
    const route = "GET /repos/{owner}/{repo}/attestations/{subject_digest}";
    const subject_digest = `sha256:${sha256}`;
    const { data } = await client.request(route, { ...placeOf(repository), subject_digest, per_page: 100 });
    return listing.parse(data).attestations.map(({ bundle }) => bundle);
  } catch (error) {
    if (httpStatus(error) === 404) return [];
    const trouble = readTrouble(error, "attestations: read", "absent");
    throw questionFailure(trouble, `list the attestations of sha256:${sha256}`, "publish.remote-unknown");
  }
}
