import type { FindingClass } from "./trial.ts";

const signs: [pattern: RegExp, verdict: FindingClass][] = [
  [/\b(E404|ETARGET|ENOVERSIONS)\b|couldn't find remote ref|not our ref/i, "propagation"],
  [/\b(E401|E403|E407|E429|E5\d\d|ENEEDAUTH)\b|Authentication failed|could not read Username/i, "environment"],
  [
    /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ESOCKETTIMEDOUT|ENETUNREACH|EHOSTUNREACH)\b/,
    "environment",
  ],
  [
    /\b(CERT_[A-Z_]+|UNABLE_TO_VERIFY_LEAF_SIGNATURE|SELF_SIGNED_CERT_IN_CHAIN|DEPTH_ZERO_SELF_SIGNED_CERT)\b/,
    "environment",
  ],
  [/\b(ENOSPC|EDQUOT|EMFILE)\b|No space left on device|Could not resolve host|Failed to connect to/i, "environment"],
  [/\b(npm|git): (command )?not found\b/, "environment"],
];

/** Classifies what a client (npm or git) said when it failed. What cannot be told is the product's, never the environment's. */
export function classifyTrouble(output: string): FindingClass {
  return signs.find(([pattern]) => pattern.test(output))?.[1] ?? "product";
}
