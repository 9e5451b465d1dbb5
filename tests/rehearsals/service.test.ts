import { createServer } from "node:http";
import { describe, expect, it } from "vitest";
import { titledFaults } from "../../rehearsal/faults/catalogue.ts";
import { aFolder, drive } from "./drive.ts";
import { complains, endsAsExpected, expectReleased } from "./endings.ts";

// The service and its metrics listen on the ports of their configuration: whatever needs them stands in this one file, whose
// tests run one after the other.
describe("a release of the service", () => {
  it("ALL-25: ends Released after an hour that takes seconds", async () => {
    const ended = await drive(aFolder(), ["--example", "service"]);
    expectReleased(ended);
  });

  it.each(titledFaults("service"))("%s", async (_title, fault) => {
    await endsAsExpected(fault);
  });

  it.each([
    [18_080, "the service"],
    [19_090, "the metrics backend"],
  ])("cannot start on port %d in use, which %s needs, and leaves nothing running", async (port, purpose) => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
    await complains(["--example", "service"], `expected port ${port} of this machine to be free for ${purpose}`);
    server.close();
    await expect(fetch(`http://127.0.0.1:${port === 18_080 ? 19_090 : 18_080}/`)).rejects.toThrow();
  });
});
