import { describe, it } from "vitest";
import { titledFaults } from "../../rehearsal/faults/catalogue.ts";
import { endsAsExpected } from "./endings.ts";

describe.concurrent("a release of the package in which one thing goes wrong", () => {
  it.each(titledFaults("npm-package"))("%s", async (_title, fault) => {
    await endsAsExpected(fault);
  });
});
