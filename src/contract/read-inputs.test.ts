import { describe, expect, it } from "vitest";
import * as z from "zod";
import { githubToken, releaseMode, text } from "./fields.ts";
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

  it("name their variable as the runner does", () => {
    expect(inputVariable("gate id-x")).toBe("INPUT_GATE_ID-X");
  });
});
