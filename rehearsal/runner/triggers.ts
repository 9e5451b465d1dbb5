/** Decides whether an event starts a workflow at all. */
import { matchesGlob } from "node:path";
import type { RunRequest } from "./contract.ts";
import { entriesOf, field, itemsOf, sourceText, type Template } from "./template.ts";

/** Says why the event of a request does not start the workflow; `undefined` when it does. */
export function triggerComplaint(trigger: Template | undefined, { event, ref }: RunRequest): string | undefined {
  if (!trigger) return `the workflow is not triggered by '${event.name}'`;
  if (event.name !== "push" && event.name !== "workflow_dispatch") {
    const filter = entriesOf(trigger).find(({ key }) => !["inputs", "outputs", "secrets"].includes(key));
    return filter && `the filter '${filter.key}' of the event '${event.name}' is not emulated by this runner`;
  }
  if (event.name === "workflow_dispatch") return undefined;
  for (const key of ["paths", "paths-ignore"]) {
    if (field(trigger, key)) return `the filter '${key}' of the event 'push' is not emulated by this runner`;
  }
  return pushed(trigger, ref) ? undefined : `the workflow is not triggered by a push to '${ref}'`;
}

function pushed(trigger: Template, ref: string): boolean {
  const [, kind, name] = /^refs\/(heads|tags)\/(.+)$/.exec(ref) ?? [];
  if (kind === undefined || name === undefined) return false;
  const [own, other] = kind === "tags" ? ["tags", "branches"] : ["branches", "tags"];
  const wanted = patterns(trigger, own);
  const ignored = patterns(trigger, `${own}-ignore`);
  if (wanted) return lastMatch(wanted, name);
  if (ignored) return !lastMatch(ignored, name);
  // A filter for the other kind of ref alone excludes this kind.
  return patterns(trigger, other) === undefined && patterns(trigger, `${other}-ignore`) === undefined;
}

function patterns(trigger: Template, key: string): string[] | undefined {
  const value = field(trigger, key);
  if (!value) return undefined;
  return value.kind === "list" ? itemsOf(value).map((item) => sourceText(item) ?? "") : [sourceText(value) ?? ""];
}

/** The last pattern that matches decides; one after `!` excludes. */
function lastMatch(list: string[], name: string): boolean {
  return list.reduce((so, pattern) => {
    const negative = pattern.startsWith("!");
    return matchesGlob(name, negative ? pattern.slice(1) : pattern) ? !negative : so;
  }, false);
}
