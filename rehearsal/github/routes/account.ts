import { page } from "../pages.ts";
import { REPOSITORY_ID } from "../shapes/repository.ts";
import type { Routes } from "../world.ts";

/** What the token has left, and the attestations of a digest. */
export const account: Routes = {
  "rate-limit/get": (_call, world) => ({ code: 200, body: world.rates() }),
  "repos/list-attestations": (call, world) => {
    const { predicate_type } = call.query;
    const own = world.state.attestations
      .filter((one) => one.digest === call.params.subject_digest)
      .filter((one) => predicate_type === undefined || one.predicateType === predicate_type);
    return page(call, world, own, (items) => ({
      attestations: items.map(({ bundle }) => ({ bundle, repository_id: REPOSITORY_ID })),
    }));
  },
};
