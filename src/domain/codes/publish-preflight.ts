/** Reason codes of publish-verify for channels that could not be published to, found out before anything is. */
export const publishPreflightCodes = {
  "publish.credential-missing": {
    meaning:
      "The credential that a required channel is published with is not there, so its upload would fail or be left out.",
    remedy: "Set the variable that the message names, in the job that asks and in the one that uploads.",
    overridable: false,
  },
  "publish.credential-malformed": {
    meaning: "The token is not one of this registry: it begins otherwise, or blanks and line ends came along with it.",
    remedy: "Store the token again, exactly as the registry gave it out.",
    overridable: false,
  },
  "publish.credential-rejected": {
    meaning: "The registry does not know the credential, or does not let it publish this package.",
    remedy: "Make a new token with the right to publish this package, and store it under the name in the message.",
    overridable: false,
  },
  "publish.otp-required": {
    meaning: "The registry asks for a one-time password, which no job can give.",
    remedy: "Use a token that may publish without one, or let the registry trust the workflow.",
    overridable: false,
  },
  "publish.credential-unknown": {
    meaning:
      "Nobody can tell whether the credential is good: the registry did not say, or the configuration does not tell how the channel is published to.",
    remedy:
      "Describe `publishing` of the channel. Where the registry did not answer, go on or set `on-unknown: block`.",
    overridable: false,
  },
  "publish.oidc-misconfigured": {
    meaning:
      "The registry would not trust this workflow: it trusts another file, the job may not ask for an identity, or the package names another repository.",
    remedy: "Compare what the registry was told with the message, and correct the one that is wrong.",
    overridable: false,
  },
  "publish.npm-too-old": {
    meaning: "The npm client of the job is too old to publish without a token.",
    remedy: "Install npm 11.5.1 or newer in the job before it publishes.",
    overridable: false,
  },
  "publish.client-too-old": {
    meaning: "The client that uploads is too old to publish without a token.",
    remedy: "Install the version that the message names, or a newer one, in the job before it publishes.",
    overridable: false,
  },
  "publish.reupload-refused": {
    meaning: "The version was published and has been withdrawn since, so it must not be uploaded again.",
    remedy: "Release the next version; a version that was withdrawn stays as it is.",
    overridable: false,
  },
  "publish.undo-below-minimum": {
    meaning: "With this credential less can be undone, or not without a person, than the configuration wants.",
    remedy: "Use a credential that can, or ask for less in `undo` of the channel and in `rollback.minimum`.",
    overridable: false,
  },
} as const;
