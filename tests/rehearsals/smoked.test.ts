import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aFolder, drive, verdictIn } from "./drive.ts";
import { smokedProject } from "./smoked-project.ts";

/** A service that keeps what is posted to it. */
const kept: string[] = [];
const service = createServer((request, response) => {
  let body = "";
  request.on("data", (chunk: Buffer) => {
    body += chunk.toString("utf8");
  });
  request.on("end", () => {
    if (request.method === "POST") kept.push(body);
    response.writeHead(request.method === "POST" ? 201 : 200).end(JSON.stringify({ service: "harbour", kept }));
  });
});
let url = "";

beforeAll(async () => {
  await new Promise<void>((resolve) => service.listen(0, "127.0.0.1", resolve));
  const address = service.address();
  if (address && typeof address === "object") url = `http://127.0.0.1:${address.port}/notes`;
});
afterAll(() => {
  service.closeAllConnections();
  service.close();
});

describe("a release whose smoke test takes every kind of step", () => {
  it("SMK-01 SMK-30 SMK-41 SMK-42: is Released from two systems, with a row for each scenario, an endpoint that was written and read, a value of its own on each, and what it honestly cannot", async () => {
    const { output, folder } = await drive(aFolder(), ["--repo", smokedProject(url)]);
    expect(verdictIn(folder).verdict, output).toBe("Released");
    expect(kept).toHaveLength(2);
    expect(new Set(kept).size).toBe(2);
    const summaries = readdirSync(join(folder, "summaries")).filter((name) => name.includes("smoke"));
    const reports = summaries.map((name) => readFileSync(join(folder, "summaries", name), "utf8"));
    expect(
      reports.filter((text) => text.includes("6 executed, 0 skipped, 0 missing, 0 that cannot fail")),
    ).toHaveLength(2);
    for (const scenario of ["suite", "hello", "notes", "resume", "service"]) {
      expect(reports.filter((text) => text.includes(`| pass | ${scenario} |`))).toHaveLength(2);
    }
    expect(reports.filter((text) => text.includes("| pass (advisory) | companion |"))).toHaveLength(2);
    expect(reports.join("\n")).toContain("says at /resume that it cannot");
  });
});
