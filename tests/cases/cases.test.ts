import { existsSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { translated } from "./answers/answer.ts";
import { type Answered, answeredElsewhere, answers } from "./answers/table.ts";
import { type Expectation, findCases } from "./case-files.ts";
import { type RebuiltCase, rebuildCase } from "./repository.ts";
import { type Desk, openDesk } from "./run-plan.ts";

const cases = findCases();

describe("the recorded histories", () => {
  const asked = cases.flatMap(({ expectations }) => expectations);
  const questions = [...new Set(asked.map(({ question }) => question))];

  it.each(questions)("%s: has somebody who answers it", (question) => {
    const elsewhere = answeredElsewhere[question];
    expect(
      Object.hasOwn(answers, question) || (elsewhere !== undefined && existsSync(new URL(elsewhere, import.meta.url))),
    ).toBe(true);
  });

  it("ask every question that is answered here", () => {
    expect(questions).toEqual(expect.arrayContaining(Object.keys(answers)));
  });

  it.each(Object.entries(answers))("%s: stands for the failures that its recorded answers name", (question, one) => {
    const named = asked.filter((expectation) => expectation.question === question).flatMap(({ failure }) => failure);
    expect([...new Set(named)].toSorted()).toEqual(one.failures);
  });
});

describe.each(cases)("the history $name", (recorded) => {
  const { branch, expectations } = recorded;
  let built: RebuiltCase;
  let desk: Desk;

  beforeAll(async () => {
    built = rebuildCase(recorded);
    desk = await openDesk(built.folder);
  });

  afterAll(async () => {
    await desk.backend.close();
    built.remove();
  });

  const questions = expectations.flatMap((expectation): [title: string, Expectation, Answered][] => {
    const answered = answers[expectation.question];
    return answered ? [[titleOf(expectation, answered), expectation, answered]] : [];
  });

  it.each(questions)("%s", async (_title, expectation, { answer }) => {
    const told = await answer(expectation, { built, branch, desk });
    expect(told).toEqual(translated(expectation.expected, built));
    expect(desk.backend.problems()).toEqual([]);
  });
});

/** The first sentence of the recorded reason says what is asked for. */
function titleOf({ id, failure, why }: Expectation, { rules }: Answered): string {
  return `${[...rules, ...failure].join(" ")} ${id}: ${why.split(/(?<=[.:;]) /, 1)[0] ?? ""}`;
}
