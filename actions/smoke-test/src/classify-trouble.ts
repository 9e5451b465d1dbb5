import { stripVTControlCharacters } from "node:util";
import type { SignPolicy } from "#src/contract/config/smoke-signs";
import { searchInTime } from "#src/domain/search-in-time";
import type { FindingClass } from "./trial.ts";

/** A sign of trouble that is not the product's. */
export type Sign = Pick<SignPolicy, "id" | "pattern" | "exit" | "class" | "canary">;

const order: Sign["class"][] = ["propagation", "environment", "agent"];

/** What the clients of packages and repositories say when the product is not to blame. */
const ofClients: { id: string; pattern: RegExp; class: Sign["class"] }[] = [
  {
    id: "not-served",
    class: "propagation",
    pattern: /\b(E404|ETARGET|ENOVERSIONS)\b|couldn't find remote ref|not our ref/i,
  },
  {
    id: "refused",
    class: "environment",
    pattern: /\b(E401|E403|E407|E429|E5\d\d|ENEEDAUTH)\b|Authentication failed|could not read Username/i,
  },
  {
    id: "network",
    class: "environment",
    pattern:
      /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ESOCKETTIMEDOUT|ENETUNREACH|EHOSTUNREACH)\b|Could not resolve host|Failed to connect to/i,
  },
  {
    id: "certificate",
    class: "environment",
    pattern: /\b(CERT_[A-Z_]+|UNABLE_TO_VERIFY_LEAF_SIGNATURE|SELF_SIGNED_CERT_IN_CHAIN|DEPTH_ZERO_SELF_SIGNED_CERT)\b/,
  },
  { id: "disk", class: "environment", pattern: /\b(ENOSPC|EDQUOT|EMFILE)\b|No space left on device/i },
  { id: "no-client", class: "environment", pattern: /\b(npm|git|pip3?|python3?|cargo|go): (command )?not found\b/ },
];

/** What a connection says when it never came to the service: a name that cannot be resolved, or this machine's own network. */
const ofConnections = /\b(ENOTFOUND|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH)\b/;

/**
 * Classifies what a client of packages or repositories said when it failed; the user's signs come first. What cannot be
 * told is the product's, never the environment's. No agent takes part in an installation: where one is named, the machine's
 * trouble is meant, which blocks.
 */
export function classifyTrouble(said: string, signs: Sign[] = []): FindingClass {
  const named = findSign(signs, { said, exit: undefined })?.class;
  if (named !== undefined) return named === "agent" ? "environment" : named;
  return ofClients.find(({ pattern }) => pattern.test(said))?.class ?? "product";
}

/** Tells whether a connection failed before it came to the service. */
export function neverReached(because: string): boolean {
  return ofConnections.test(because);
}

/** Finds the sign that fits, in the order propagation, environment, agent: pattern and exit code, as far as it states them. */
export function findSign(signs: Sign[], { said, exit }: { said: string; exit: number | undefined }): Sign | undefined {
  const plain = stripVTControlCharacters(said);
  const fitting = signs.filter(
    (sign) =>
      (sign.pattern === undefined || matches(sign.pattern, plain)) &&
      (sign.exit === undefined || sign.exit === exit) &&
      (sign.pattern !== undefined || sign.exit !== undefined),
  );
  return fitting.sort((a, b) => order.indexOf(a.class) - order.indexOf(b.class))[0];
}

function matches(pattern: string, text: string): boolean {
  return searchInTime(`the sign \`${pattern}\``, () => new RegExp(pattern, "u").test(text));
}
