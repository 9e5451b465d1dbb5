import { describe, expect, it } from "vitest";
import { readInputs, secretValues } from "#src/contract/read-inputs";
import { contract } from "./contract.ts";

const digest = `sha256:${"0".repeat(64)}`;
const later = `seaworthy-publish-verify-later-tide%2F1.1.0-1@${digest}`;

describe("the inputs of release-gates", () => {
  it("collect in live mode, without a token, where nothing is given", () => {
    expect(readInputs(contract.inputs, {})).toEqual({
      given: {
        "release-mode": "live",
        records: "",
        mode: "judge",
        results: "",
        secrets: "",
        variables: "",
        gate: "",
        ...{ "github-token": "", "answered-at": "", "approval-environment": "" },
      },
    });
  });

  it.each([
    [{}, ""],
    [{ INPUT_GATE: "lint" }, "lint"],
    [{ INPUT_MODE: "file" }, "file_blockers"],
    [{ INPUT_MODE: "file", INPUT_GATE: "lint" }, "file_blockers"],
    [{ INPUT_MODE: "file", INPUT_RECORDS: `\nseaworthy-plan-release-1@${digest}\n` }, "file_blockers"],
    [{ INPUT_MODE: "file", INPUT_RECORDS: `seaworthy-publish-verify-later-1@${digest}` }, "file_blockers-later"],
    [{ INPUT_MODE: "file", INPUT_RECORDS: later }, "file_blockers-later-tide%2F1.1.0"],
    [{ INPUT_MODE: "approve" }, "approval_answer"],
  ])("name the leg under which also a crash is recorded: %j is %j", (environment, leg) => {
    const read = readInputs(contract.inputs, environment);
    expect("given" in read && contract.leg?.(read.given)).toBe(leg);
  });

  it.each(["yesterday", "2026-01-01", "2026-01-01T12:00:00.5Z"])("refuse %j as the time of an answer", (when) => {
    const read = readInputs(contract.inputs, { "INPUT_ANSWERED-AT": when });
    expect(read).toMatchObject({ complaints: [{ input: "answered-at" }] });
  });

  it("hold the token as a secret", () => {
    expect(secretValues(contract.inputs, { "INPUT_GITHUB-TOKEN": "t0ken" })).toEqual(["t0ken"]);
  });

  it.each(["../up", "A", "a b", "a/b", "x".repeat(61)])("refuse the gate %j, as it names an artifact", (gate) => {
    expect(readInputs(contract.inputs, { INPUT_GATE: gate })).toMatchObject({ complaints: [{ input: "gate" }] });
  });
});
