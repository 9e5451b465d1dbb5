import { describe, expect, it, vi } from "vitest";
import { jobSecrets } from "#src/adapters/job-secrets";

describe("a credential of the job", () => {
  it("is read by its name, and kept out of every later log", () => {
    const said = vi.spyOn(process.stdout, "write").mockReturnValue(true);
    const secrets = jobSecrets({ API_KEY: "wide-and-low", EMPTY: "", SHORT: "1" });
    const found = ["API_KEY", "EMPTY", "SHORT", "OTHER"].map((name) => secrets.read(name));
    const told = said.mock.calls.map(([text]) => String(text).trim());
    said.mockRestore();
    expect(found).toEqual(["wide-and-low", undefined, "1", undefined]);
    expect(told).toEqual(["::add-mask::wide-and-low"]);
  });
});
