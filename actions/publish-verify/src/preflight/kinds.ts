import type { PublishingPolicy } from "#src/contract/config/publishing";
import type { Code } from "#src/domain/catalogue";

/** Who can take a step back: a job by itself, only a person, or nobody. */
export type Ability = "automatic" | "person" | "impossible";

/** Who can undo what: withdraw a version, and move back what users get by default. */
export type Undo = Record<PublishingPolicy["undo"][number], Ability>;

/** What a registry compares before it trusts a workflow in place of a token. */
interface Trust {
  /** The oldest client that publishes without a token, by its program; of a program that is not named, the client is not asked. */
  oldest: Partial<Record<string, string>>;
  tooOld: Code;
  /** Whether a trusted workflow can publish the very first version of a name, and what has to be there for it. */
  first: string | false;
  /** Whether the registry compares the repository that the package names. */
  comparesRepository: boolean;
}

/** What publishing to a kind of channel takes, and what its credentials can undo. */
export interface PublishingKind {
  /** Variable that the client usually reads the token from; absent where no variable holds it. */
  variable?: string;
  /** What holds the credential, where no variable does. */
  holder: string;
  trust?: Trust;
  undo: Partial<Record<PublishingPolicy["by"], Undo>>;
}

const byPerson: Undo = { withdraw: "person", repoint: "person" };
const bySelf: Undo = { withdraw: "automatic", repoint: "automatic" };

/** The kinds that a job publishes to with a credential. */
export const publishingKinds: Partial<Record<string, PublishingKind>> = {
  npm: {
    variable: "NODE_AUTH_TOKEN",
    holder: "the configuration of npm",
    trust: { oldest: { npm: "11.5.1" }, tooOld: "publish.npm-too-old", first: false, comparesRepository: true },
    // The identity is exchanged for `npm publish` alone; dist-tags and deprecations ask for a login.
    undo: { "trusted-publisher": byPerson, token: bySelf },
  },
  pypi: {
    variable: "TWINE_PASSWORD",
    holder: "the configuration of the client",
    trust: {
      oldest: { twine: "6.1.0", uv: "0.4.16" },
      tooOld: "publish.client-too-old",
      first: "a pending publisher has to be there on the index, as the name is new",
      comparesRepository: false,
    },
    // A version is yanked on the index's own pages, by a person who is logged in.
    undo: { "trusted-publisher": byPerson, token: byPerson },
  },
  cargo: {
    variable: "CARGO_REGISTRY_TOKEN",
    holder: "the credentials of cargo",
    // Any cargo will do: the identity is exchanged for a token before cargo runs.
    trust: { oldest: {}, tooOld: "publish.client-too-old", first: false, comparesRepository: false },
    // The exchanged token publishes and does nothing else. A yank also decides which version is the newest that users get.
    undo: { "trusted-publisher": byPerson, token: bySelf },
  },
  oci: {
    holder: "the login of the container clients",
    // A push moves a floating tag back; taking a manifest away asks for a right of its own on most registries.
    undo: { token: { withdraw: "person", repoint: "automatic" } },
  },
  "github-release": {
    holder: "the token of this job",
    undo: { token: { withdraw: "person", repoint: "automatic" } },
  },
  command: { holder: "what the command `preflight` looked at", undo: {} },
};

/** The kinds that no job publishes to with a credential, why not, and who can undo what on them. */
export const unaidedKinds: Partial<Record<string, { because: string; undo: Undo }>> = {
  "git-tag": {
    because: "no credential is needed: the tag is the publication",
    undo: { withdraw: "impossible", repoint: "person" },
  },
  go: {
    because: "no credential is needed: the tag is the publication, and only a later version can retract it",
    undo: { withdraw: "impossible", repoint: "impossible" },
  },
  homebrew: {
    because: "no credential is needed: no job writes the tap, a person merges the formula and reverts it",
    undo: byPerson,
  },
};
