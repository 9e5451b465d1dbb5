import type { PublishingPolicy } from "#src/contract/config/publishing";

type Way = PublishingPolicy["by"];
type Undo = PublishingPolicy["undo"][number];

/** What publishing to a kind of channel takes, and what its credentials can undo. */
export interface PublishingKind {
  /** Variable that the client usually reads the token from. */
  variable: string;
  /** The oldest client that publishes without a token. */
  oldestTrusted: string;
  /** Whether a trusted workflow can publish the very first version of a name. */
  trustedFirst: boolean;
  /** Who can undo what, by the credential: a job by itself, or only a person. */
  undo: Record<Way, Record<Undo, "automatic" | "person">>;
}

/** The kinds whose credentials can be looked at; of any other, nothing is known beforehand. */
export const publishingKinds: Partial<Record<string, PublishingKind>> = {
  npm: {
    variable: "NODE_AUTH_TOKEN",
    oldestTrusted: "11.5.1",
    trustedFirst: false,
    undo: {
      // The identity is exchanged for `npm publish` alone; dist-tags and deprecations ask for a login.
      "trusted-publisher": { withdraw: "person", repoint: "person" },
      token: { withdraw: "automatic", repoint: "automatic" },
    },
  },
};
