import { describe, expect, it, vi } from "vitest";
import { gateSurroundings } from "#src/adapters/gate-surroundings";

const surround = (handed: { variables?: string; secrets?: string }, source = {}) => {
  const said = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  try {
    const found = gateSurroundings({ variables: "", secrets: "", token: "", ...handed }, source);
    return { ...found, said: said.mock.calls.map(([text]) => String(text).trim()) };
  } finally {
    said.mockRestore();
  }
};

describe("what a gate is handed besides the job's environment", () => {
  it("GAT-32 F51: is there, where it is not empty", () => {
    const { variables } = surround({
      variables: "APP_NAME=tide\nREGION=\n",
      secrets: "LICENSE_KEY=\nLICENCE_KEY=wide-and-low\n",
    });
    const names = ["APP_NAME", "REGION", "LICENSE_KEY", "LICENCE_KEY", "OTHER"];
    expect(names.filter((name) => variables.filled(name))).toEqual(["APP_NAME", "LICENCE_KEY"]);
  });

  it("reaches the commands, beside what the job has, unless it is a secret", () => {
    const given = { variables: "APP_NAME=tide=low", secrets: "LICENCE=wide-and-low" };
    const { environment, secrets, said } = surround(given, { LANG: "C", OTHER: "has wide-and-low in it" });
    expect(environment).toEqual({ LANG: "C", APP_NAME: "tide=low" });
    expect(secrets).toContain("wide-and-low");
    expect(said).toEqual(["::add-mask::wide-and-low"]);
  });

  it.each([
    ["speaks of a secret", { variables: "API_KEY=a" }],
    ["is the runner's own", { variables: "ACTIONS_CACHE=a" }],
    ["is a secret as well", { variables: "APP_NAME=a", secrets: "APP_NAME=a" }],
  ])("is refused as a variable that %s", (_why, handed) => {
    expect(() => surround(handed)).toThrow(expect.objectContaining({ code: "all.input-invalid" }));
  });
});
