import { page } from "../pages.ts";
import { type Reply, unprocessable } from "../problem.ts";
import type { Issue } from "../records.ts";
import { searchShape } from "../shapes/issues.ts";
import type { Call, Routes, World } from "../world.ts";

/** The part of GitHub's search language that is understood; any other qualifier is refused rather than ignored. */
export const search: Routes = { "search/issues-and-pull-requests": searchIssues };

type Test = (issue: Issue) => boolean;

function searchIssues(call: Call, world: World): Reply {
  const { q = "", order = "desc", sort } = call.query;
  const terms = q.match(/(?:[^\s"]|"[^"]*")+/g) ?? [];
  if (terms.length === 0) throw unprocessable("Validation Failed", { resource: "Search", code: "missing", field: "q" });
  const fields = terms.flatMap((term) => /^in:(.+)$/.exec(term)?.[1]?.split(",") ?? []);
  const tests = terms.map((term) => testOf(term, fields.length > 0 ? fields : ["title", "body"], world));
  const found = world.state.issues.filter((issue) => tests.every((test) => test(issue)));
  const moment = (issue: Issue) => (sort === "updated" ? issue.updatedAt : issue.createdAt);
  found.sort((a, b) => moment(a).localeCompare(moment(b)) || a.number - b.number);
  const ordered = order === "desc" ? found.reverse() : found;
  return page(
    call,
    world,
    ordered.map((one) => searchShape(world, one)),
    (items, total_count) => ({
      total_count,
      incomplete_results: false,
      items,
      search_type: "lexical",
    }),
  );
}

function testOf(term: string, fields: readonly string[], { place }: World): Test {
  const [, minus = "", name, value = ""] = /^(-?)([a-z]+):(.*)$/.exec(term) ?? [];
  const test =
    name === undefined
      ? textTest(term, fields)
      : qualifier(name, value.replace(/^"(.*)"$/, "$1"), `${place.owner}/${place.name}`);
  return minus === "" ? test : (issue) => !test(issue);
}

function textTest(term: string, fields: readonly string[]): Test {
  const wanted = term.replace(/^"(.*)"$/, "$1").toLowerCase();
  return (issue) =>
    fields.some((field) => (field === "title" ? issue.title : (issue.body ?? "")).toLowerCase().includes(wanted));
}

function qualifier(name: string, value: string, repository: string): Test {
  const tests: Record<string, Test> = {
    repo: () => value.toLowerCase() === repository.toLowerCase(),
    state: (issue) => issue.state === value,
    label: (issue) => issue.labels.some((one) => one.toLowerCase() === value.toLowerCase()),
    author: (issue) => issue.author === value,
    assignee: (issue) => issue.assignees.includes(value),
    in: () => true,
  };
  if (name === "is" && (value === "open" || value === "closed")) return (issue) => issue.state === value;
  if ((name === "is" || name === "type") && (value === "issue" || value === "pr")) return () => value === "issue";
  const test = tests[name];
  if (!test)
    throw unprocessable("Validation Failed", {
      resource: "Search",
      code: "invalid",
      field: "q",
      message: `The embedded GitHub does not understand ${name}:${value}`,
    });
  return test;
}
