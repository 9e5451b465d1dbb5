import type { Step } from "./workflow.ts";

/** Tells whether a step checks a repository out; GitHub minds no capitals in the names of actions. */
export function isCheckout({ uses = "" }: Step): boolean {
  return /^actions\/checkout@/i.test(uses);
}

/** Tells whether a checkout takes another repository than that of the run, which may be named by its context as well. */
export function takesAnother({ with: { repository } }: Step): boolean {
  return repository !== undefined && !/^\$\{\{\s*github\s*\.\s*repository\s*\}\}$/i.test(String(repository).trim());
}
