import { accountRefusal, type GitHubWords, wordsOf } from "#src/adapters/github-words";
import type { Code } from "#src/domain/catalogue";
import { Failure } from "#src/domain/failure";

/** Codes that any refused request of the tag stage may have. */
export type SharedRefusal = Extract<Code, "tag.permission-missing" | "all.auth-unhealthy" | "all.rate-limited">;

/** What an error of a request says: GitHub's number and words, and the code where the reason is the same for all requests. */
export interface Trouble extends GitHubWords {
  code: SharedRefusal | undefined;
}

/**
 * Reads an error of a request that needs a scope, such as `contents: write`. GitHub hides what a token may not see behind
 * 404, unless what was asked for may simply not be there (`absent`). The header that names the accepted permissions is
 * believed before the scope that is given.
 */
export function readTrouble(error: unknown, scope: string, notFound: "hidden" | "absent" = "hidden"): Trouble {
  const told = wordsOf(error);
  const code = told.http === 404 && notFound === "absent" ? undefined : sharedRefusal(told);
  const needs = code === "tag.permission-missing" ? `; the token needs \`${acceptedScope(error) ?? scope}\`` : "";
  return { ...told, because: `${told.because}${needs}`, code };
}

/** Turns an error of a question into a `Failure`, with a code of the stage's own where none of the shared ones fits. */
export function questionFailure(trouble: Trouble, question: string, other: Code): Failure {
  return new Failure({
    kind:
      trouble.code === "tag.permission-missing" || trouble.code === "all.auth-unhealthy" ? "permission" : "upstream",
    code: trouble.code ?? other,
    message: `expected GitHub to ${question}, found: ${trouble.because}`,
    hint: "Grant what the message names, or wait, and rerun the job; it looks at the world again before it writes.",
  });
}

function sharedRefusal(told: GitHubWords): SharedRefusal | undefined {
  return accountRefusal(told) ?? (told.http === 403 || told.http === 404 ? "tag.permission-missing" : undefined);
}

/** `actions=write; contents=read` as GitHub sends it, in the words of a workflow file. */
function acceptedScope(error: unknown): string | undefined {
  const response = field(error, "response");
  const accepted = field(field(response, "headers"), "x-accepted-github-permissions");
  return typeof accepted === "string" && accepted !== "" ? accepted.replaceAll("=", ": ") : undefined;
}

function field(holder: unknown, name: string): unknown {
  return typeof holder === "object" && holder !== null ? Reflect.get(holder, name) : undefined;
}
