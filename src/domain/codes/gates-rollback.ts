/** Reason codes of gates that ask whether a release could be taken back, before it goes out. */
export const gatesRollbackCodes = {
  "gates.rollback-not-pullable": {
    meaning: "The image to go back to cannot be fetched by its digest.",
    remedy:
      "Publish the previous image again under the same digest, or name one that is there; keep it from being cleaned up.",
    overridable: false,
  },
  "gates.rollback-unsupported": {
    meaning: "The deployment script does not show that it can go back.",
    remedy: "Teach the script to go back, and let its help output or a dry call show it.",
    overridable: false,
  },
  "gates.rollback-target-missing": {
    meaning: "Nowhere is it recorded which image to go back to, or not by digest.",
    remedy: "Record the image that runs now, by digest, where the gate looks; then start the release again.",
    overridable: false,
  },
  "gates.rollback-not-bootable": {
    meaning: "The image to go back to does not start in the target environment any more.",
    remedy: "Look in the part's log why it does not start. Repair the environment, or name an image that starts.",
    overridable: false,
  },
} as const;
