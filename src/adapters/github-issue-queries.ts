import * as z from "zod";
import type { Answer } from "#src/adapters/graphql-answer";
import type { IssueAddress } from "#src/domain/issue-address";
import { fullSha } from "#src/domain/release";
import type { Found, FoundIssue, LabelledIssues, PullRequestsOf } from "#src/ports/linked-issues";

/** A query with the values that it leaves open. */
export interface Question {
  query: string;
  variables: Record<string, string>;
}

const numbers = "totalCount nodes { number repository { nameWithOwner } }";
const brought = `fragment brought on Commit { associatedPullRequests(first: 20) { ${numbers} } }`;

/** Asks for the pull requests of commits; GitHub lists more than one where a commit is on several branches. */
export function commitQuestion(repository: string, commits: string[]): Question {
  const aliases = commits.map((sha, index) => {
    if (!fullSha.test(sha)) throw new RangeError(`expected a full commit id, found ${sha}`);
    return `c${index}: object(oid: "${sha}") { ...brought }`;
  });
  return question([[repository, aliases]], brought);
}

const commitForm = z.object({
  associatedPullRequests: z.object({
    totalCount: z.int(),
    nodes: z.array(z.object({ number: z.int(), repository: z.object({ nameWithOwner: z.string() }) })),
  }),
});

/** Reads the pull requests of the commit with that index. One of another repository is a fork's own, and not counted. */
export function readPullRequests(answer: Answer, index: number, repository: string): PullRequestsOf {
  const told = answer.at("r0", `c${index}`);
  if (told.kind !== "value")
    return { known: false, because: told.kind === "unknown" ? told.because : "GitHub does not know the commit" };
  const parsed = commitForm.safeParse(told.value);
  if (!parsed.success) return { known: false, because: "GitHub answered in another form" };
  const { totalCount, nodes } = parsed.data.associatedPullRequests;
  if (totalCount > nodes.length) return { known: false, because: `${totalCount} pull requests are more than are read` };
  const own = nodes.filter((one) => one.repository.nameWithOwner.toLowerCase() === repository.toLowerCase());
  return { known: true, numbers: own.map(({ number }) => number) };
}

const labels = "labels(first: 100) { totalCount nodes { name } }";
const closer = "closer { __typename ... on Commit { oid } ... on PullRequest { number } }";
const found = `fragment found on IssueOrPullRequest {
  __typename
  ... on Issue {
    number title body url state ${labels}
    comments(last: 5) { nodes { body } }
    timelineItems(last: 1, itemTypes: [CLOSED_EVENT]) { nodes { ... on ClosedEvent { ${closer} } } }
  }
  ... on PullRequest { number title body url headRefName ${labels} closingIssuesReferences(first: 50) { ${numbers} } }
}`;

/** A token that may not see issues, or pull requests, could be told that none is there: these two tell whether it may. */
const sight = ["issues(first: 1) { totalCount }", "pullRequests(first: 1) { totalCount }"];

/** Asks for issues and pull requests of one or more repositories. */
export function issueQuestion(addresses: IssueAddress[]): Question {
  const groups = [...grouped(addresses)];
  return question(
    groups.map(([repository, some]) => [
      repository,
      [...sight, ...some.map(({ number }) => `n${number}: issueOrPullRequest(number: ${number}) { ...found }`)],
    ]),
    found,
  );
}

/** Asks for a hundred issues of a label, newest first, after those of the page before. */
export function labelledQuestion(repository: string, label: string, after: string): Question {
  const [owner = "", name = ""] = repository.split("/");
  const page = "first: 100, labels: [$label], orderBy: { field: CREATED_AT, direction: DESC }";
  const [more, declared] = after === "" ? ["", ""] : [", after: $after", ", $after: String!"];
  return {
    query: `query($owner: String!, $name: String!, $label: String!${declared}) {
  repository(owner: $owner, name: $name) {
    issues(${page}${more}) { pageInfo { hasNextPage endCursor } nodes { author { __typename login } ...found } }
  }
}
${found}
`,
    variables: { owner, name, label, ...(after === "" ? {} : { after }) },
  };
}

/** Where the answer to `issueQuestion` tells of each address. */
export function addressesOf(addresses: IssueAddress[]): { address: IssueAddress; path: [string, string] }[] {
  return [...grouped(addresses).values()].flatMap((some, index) =>
    some.map((address) => ({ address, path: [`r${index}`, `n${address.number}`] satisfies [string, string] })),
  );
}

function grouped(addresses: IssueAddress[]): Map<string, IssueAddress[]> {
  const groups = new Map<string, IssueAddress[]>();
  for (const one of addresses) groups.set(one.repository, [...(groups.get(one.repository) ?? []), one]);
  return groups;
}

function question(groups: [repository: string, selections: string[]][], fragment: string): Question {
  const variables = groups.map(([repository], index) => {
    const [owner = "", name = ""] = repository.split("/");
    return { [`o${index}`]: owner, [`n${index}`]: name };
  });
  const declared = groups.map((_, index) => `$o${index}: String!, $n${index}: String!`).join(", ");
  const asked = groups.map(
    ([, selections], index) =>
      `r${index}: repository(owner: $o${index}, name: $n${index}) {\n  ${selections.join("\n  ")}\n}`,
  );
  return {
    query: `query(${declared}) {\n${asked.join("\n")}\n}\n${fragment}\n`,
    variables: Object.assign({}, ...variables),
  };
}

const labelList = z.object({ totalCount: z.int(), nodes: z.array(z.object({ name: z.string() })) });
const closerForm = z
  .union([
    z.object({ oid: z.string() }).transform(({ oid }) => oid),
    z.object({ number: z.int() }).transform(({ number }) => `#${number}`),
    z.object({ __typename: z.string() }).transform(() => undefined),
  ])
  .nullable();
const common = { number: z.int(), title: z.string(), body: z.string(), url: z.string(), labels: labelList };
const foundForm = z.discriminatedUnion("__typename", [
  z.object({
    __typename: z.literal("Issue"),
    ...common,
    state: z.enum(["OPEN", "CLOSED"]),
    comments: z.object({ nodes: z.array(z.object({ body: z.string() })) }),
    timelineItems: z.object({ nodes: z.array(z.object({ closer: closerForm })) }),
  }),
  z.object({
    __typename: z.literal("PullRequest"),
    ...common,
    headRefName: z.string(),
    closingIssuesReferences: commitForm.shape.associatedPullRequests,
  }),
]);

/** Reads what was found at an address. A list that holds more than was read leaves the whole thing unknown. */
export function readFound(answer: Answer, { address, path }: { address: IssueAddress; path: [string, string] }): Found {
  const told = answer.at(...path);
  const [repository] = path;
  if (told.kind === "absent") {
    const blind = ["issues", "pullRequests"]
      .map((kind) => answer.at(repository, kind))
      .find(({ kind }) => kind !== "value");
    return blind?.kind === "unknown" ? blind : { kind: "absent" };
  }
  if (told.kind === "unknown") return told;
  const parsed = foundForm.safeParse(told.value);
  if (!parsed.success) return { kind: "unknown", because: "GitHub answered in another form" };
  if (parsed.data.number !== address.number) return { kind: "unknown", because: `it was moved to ${parsed.data.url}` };
  return shown(parsed.data, address);
}

function shown(held: z.infer<typeof foundForm>, address: IssueAddress): Found {
  const { title, body, url, labels } = held;
  const names = labels.nodes.map(({ name }) => name);
  if (labels.totalCount > names.length) return tooMany("labels");
  const same = { ...address, title, body, url, labels: names };
  if (held.__typename === "Issue") {
    const texts = [body, ...held.comments.nodes.map((one) => one.body)];
    const named = texts.flatMap((text) => text.match(/\b[0-9a-f]{7,40}\b/g) ?? []);
    const open = held.state === "OPEN";
    const closer = held.timelineItems.nodes.at(-1)?.closer ?? undefined;
    return { kind: "issue", ...same, open, closer: open ? undefined : closer, named };
  }
  const { totalCount, nodes } = held.closingIssuesReferences;
  if (totalCount > nodes.length) return tooMany("issues that it closes");
  const closes = nodes.map(({ number, repository }) => ({
    repository: repository.nameWithOwner.toLowerCase(),
    number,
  }));
  return { kind: "pull-request", ...same, head: held.headRefName, closes };
}

const tooMany = (what: string): Found => ({ kind: "unknown", because: `it has more ${what} than are read` });

const authorForm = z.object({ __typename: z.string(), login: z.string() }).nullable();
const pageForm = z.object({
  pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
  nodes: z.array(z.looseObject({ author: authorForm })),
});

/** Reads one page of issues of a label, with where the next one begins. Whatever cannot be read leaves a doubt. */
export function readLabelled(answer: Answer, repository: string): LabelledIssues & { next: string | undefined } {
  const told = answer.at("repository", "issues");
  const parsed = told.kind === "value" ? pageForm.safeParse(told.value) : undefined;
  if (!parsed?.success) {
    const doubt = told.kind === "unknown" ? told.because : "GitHub answered in another form";
    return { issues: [], doubt, next: undefined };
  }
  const { pageInfo, nodes } = parsed.data;
  const read = nodes.map((node) => readNode(node, repository));
  const next = pageInfo.hasNextPage ? (pageInfo.endCursor ?? "") : undefined;
  const lost = next === "" ? "GitHub did not say where the list goes on" : undefined;
  return {
    issues: read.filter((one) => one.kind === "issue"),
    doubt: read.find((one) => one.kind === "unknown")?.because ?? lost,
    next,
  };
}

type Authored = (FoundIssue & { author: string }) | { kind: "unknown"; because: string };

function readNode(node: z.infer<typeof pageForm>["nodes"][number], repository: string): Authored {
  const parsed = foundForm.safeParse(node);
  const one =
    parsed.success && shown(parsed.data, { repository: repository.toLowerCase(), number: parsed.data.number });
  if (one && one.kind === "issue") return { ...one, author: loginOf(node.author) };
  return one && one.kind === "unknown" ? one : { kind: "unknown", because: "GitHub answered in another form" };
}

/** GraphQL names an app without the `[bot]` that REST gives it; a person may have the bare name, and is somebody else. */
function loginOf(author: z.infer<typeof authorForm>): string {
  if (!author) return "";
  return author.__typename === "Bot" ? `${author.login}[bot]` : author.login;
}
