/** Reason codes of the publish stage. */
export const publishCodes = {
  "publish.no-channel": {
    meaning: "No required channel is configured, so it is unknown where users get the product from.",
    remedy: "Name at least one channel with `required: true` under `channels` in the configuration.",
    overridable: false,
  },
  "publish.files-empty": {
    meaning: "No built file is recorded for a channel, so there is nothing to compare with what users get.",
    remedy: "List the built files in `files` of build-manifest, and hand its record over.",
    overridable: false,
  },
  "publish.not-live": {
    meaning: "The channel answers, and until the deadline it showed no trace of the version.",
    remedy: "Look whether the publish job ran and what it uploaded. Publish, then rerun this stage.",
    overridable: false,
  },
  "publish.live-timeout": {
    meaning: "The channel has accepted the version, but did not serve it in full before the deadline.",
    remedy: "Wait and rerun this stage; raise the channel's `deadline` if it is often this slow.",
    overridable: false,
  },
  "publish.hash-mismatch": {
    meaning: "Users get other bytes than were built.",
    remedy: "Treat it as an incident: find out who uploaded these bytes. Release the next version; never upload again.",
    overridable: false,
  },
  "publish.dist-tag-wrong": {
    meaning: "The version is live, but `latest` does not name it, although it is the newest stable one.",
    remedy: "Move the dist-tag with `npm dist-tag add <package>@<version> latest`, then rerun this stage.",
    overridable: false,
  },
  "publish.latest-wrong": {
    meaning: "The version is live, but what users get without naming a version is an older one.",
    remedy:
      "See what the channel offers as its newest version, and which version hides this one; then rerun this stage.",
    overridable: false,
  },
  "publish.withdrawn": {
    meaning:
      "The channel serves the version to who asks for it by number, and turns everybody else away: yanked, deprecated or unlisted.",
    remedy:
      "Find out who withdrew it and why. Restore it on the channel and rerun this stage, or release the next version.",
    overridable: false,
  },
  "publish.asset-extra": {
    meaning:
      "The channel serves a file for this version that nobody built, so some users get other bytes than were built.",
    remedy: "Treat it as an incident: find out who uploaded the file, withdraw it, and release the next version.",
    overridable: false,
  },
  "publish.partial": {
    meaning: "Some channels serve the version and some do not: the release is published in part.",
    remedy:
      "Treat it as an incident. Publish the same built files where they are missing; upload nothing again, and do not move the tag.",
    overridable: false,
  },
  "publish.exists-different": {
    meaning: "The version is taken: the channel serves it already, with other bytes than were built.",
    remedy: "Release the next version; a published version is never replaced.",
    overridable: false,
  },
  "publish.source-sha-mismatch": {
    meaning: "The tag that users fetch names another commit than the released one.",
    remedy: "Find out who moved the tag. Release the next version.",
    overridable: false,
  },
  "publish.channel-incomplete": {
    meaning: "The channel serves a part of what was built, and not all of it.",
    remedy: "See which files are missing in the message; complete the channel or release the next version.",
    overridable: false,
  },
  "publish.remote-unknown": {
    meaning:
      "The channel could not be asked: no answer, an error, or an answer that cannot be read. Cannot tell never counts as live.",
    remedy: "Wait until the channel is healthy, then rerun this stage.",
    overridable: false,
  },
} as const;
