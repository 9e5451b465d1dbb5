import { describe, expect, it } from "vitest";
import * as z from "zod";
import { assignments, githubToken, readAssignments, releaseMode, text } from "./fields.ts";
import { inputVariable, readInputs, secretValues } from "./read-inputs.ts";

const fields = z.strictObject({ "release-mode": releaseMode(), gate: text(), "github-token": githubToken() });

describe("inputs", () => {
  it("are read from the runner's variables, hyphens kept", () => {
    const environment = { INPUT_GATE: " tests ", "INPUT_GITHUB-TOKEN": "t", "INPUT_RELEASE-MODE": "" };
    expect(readInputs(fields, environment)).toEqual({
      given: { gate: "tests", "github-token": "t", "release-mode": "live" },
    });
  });

  it("are all complained about at once", () => {
    expect(readInputs(fields, { "INPUT_RELEASE-MODE": "dry" })).toEqual({
      complaints: [
        { input: "release-mode", message: 'Invalid option: expected one of "live"|"rehearsal"' },
        { input: "gate", message: "expected a value, found nothing" },
        { input: "github-token", message: "expected a value, found nothing" },
      ],
    });
  });

  it("that are secrets are found for masking before they are validated", () => {
    expect(secretValues(fields, { "INPUT_GITHUB-TOKEN": "t0ken", INPUT_GATE: "x" })).toEqual(["t0ken"]);
  });

  it("hold variables as lines, each with its own value, which may be empty", () => {
    const given = "APP_NAME= tide = low \r\n\n  KEY=\n";
    expect(assignments().parse(given)).toBe(given);
    expect([...readAssignments(given)]).toEqual([
      ["APP_NAME", "tide = low"],
      ["KEY", ""],
    ]);
  });

  it.each([
    ["no name", "=hush", "line 1: expected a variable as NAME=value, found none"],
    ["a line without any", "KEY=a\nhush", "line 2: expected a variable as NAME=value, found none"],
    [
      "a name twice",
      "KEY=hush\nKEY=b",
      "line 2: expected a variable as NAME=value, found one that stands there already",
    ],
  ])("refuse lines of variables with %s, and keep what stands there to themselves", (_case, given, message) => {
    const { error } = assignments().safeParse(given);
    expect(error?.issues.map((issue) => issue.message)).toEqual([message]);
  });

  it("name their variable as the runner does", () => {
    expect(inputVariable("gate id-x")).toBe("INPUT_GATE_ID-X");
  });
});
