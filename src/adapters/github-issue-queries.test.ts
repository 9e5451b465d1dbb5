import { describe, expect, it } from "vitest";
import { readLabelled } from "./github-issue-queries.ts";
import type { Told } from "./graphql-answer.ts";

const none = { nodes: [] };
const node = {
  ...{ __typename: "Issue", number: 7, title: "Leak", body: "", url: "https://git.example.org/7", state: "OPEN" },
  ...{ labels: { totalCount: 0, nodes: [] }, comments: none, timelineItems: none },
  author: { __typename: "Bot", login: "github-actions" },
};
const page = (nodes: unknown[], pageInfo: unknown = { hasNextPage: false, endCursor: null }) => ({ pageInfo, nodes });
const read = (told: Told) => readLabelled({ at: () => told }, "Octo/Tide");
const readValue = (value: unknown) => read({ kind: "value", value });

describe("PLN-40: a page of issues of a label", () => {
  it("tells each issue with its author, and where the next page begins", () => {
    expect(readValue(page([node], { hasNextPage: true, endCursor: "Mg==" }))).toMatchObject({
      issues: [{ kind: "issue", repository: "octo/tide", number: 7, author: "github-actions[bot]" }],
      doubt: undefined,
      next: "Mg==",
    });
    expect(readValue(page([{ ...node, author: null }]))).toMatchObject({ issues: [{ author: "" }], next: undefined });
  });

  it.each<[string, Told]>([
    ["is not told", { kind: "unknown", because: "no answer" }],
    ["is said to be absent", { kind: "absent" }],
    ["has another form", { kind: "value", value: { nodes: [] } }],
    ["holds a gap", { kind: "value", value: page([null]) }],
    ["holds an issue in another form", { kind: "value", value: page([{ ...node, state: "LOST" }]) }],
    [
      "holds an issue with more labels than are read",
      { kind: "value", value: page([{ ...node, labels: { totalCount: 101, nodes: [] } }]) },
    ],
    ["hides where the list goes on", { kind: "value", value: page([], { hasNextPage: true, endCursor: null }) }],
  ])("leaves a doubt where it %s", (_how, told) => {
    expect(read(told)).toMatchObject({ issues: [], doubt: expect.stringMatching(/./) });
  });
});
