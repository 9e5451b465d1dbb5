import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { aFolder, drive } from "./drive.ts";
import { complains } from "./endings.ts";

describe("a rehearsal that cannot start says why, with exit code 2 and nothing half-written", () => {
  it("on an unknown option", async () => {
    await complains(["--no-such-option"], "unknown option");
  });

  it.each([
    [["--event", "schedule"], "Allowed choices are workflow_dispatch, push"],
    [["--resume", "--input", "a=b"], "expected --resume alone, found it with --input"],
    [["--list", "--rehearsal"], "expected --list alone"],
    [["--rehearsal", "--input", "rehearsal=false"], "expected --rehearsal alone"],
    [["--repo", ".", "--fault", "no-metrics"], "expected --repo alone"],
    [["--fault", "no-metrics", "--example", "npm-package"], "which the fault is made for"],
    [["--workflow", ".github/workflows/ship.yml"], "expected the workflow .github/workflows/ship.yml, found ci.yml"],
  ])("on %j", async (args, text) => {
    await complains(args, text);
  });

  it("on a workflow that GitHub would refuse, with its first errors and how many more", async () => {
    const wrong = [1, 2, 3, 4, 5].map((n) => `    wrong${n}: 1\n`).join("");
    const release = `on: workflow_dispatch\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps: [{ run: "true" }]\n${wrong}`;
    await complains(["--repo", aRepository({ ".github/workflows/release.yml": release })], "and 2 more");
  });

  it("F15 ALL-18: on a condition that asks for a secret, which GitHub takes for no condition", async () => {
    const job = `runs-on: ubuntu-latest\n    if: secrets.TOKEN != ''\n    steps: [{ run: "true" }]\n`;
    const release = `on: workflow_dispatch\njobs:\n  a:\n    ${job}`;
    await complains(["--repo", aRepository({ ".github/workflows/release.yml": release })], "'secrets'");
  });

  it.each([
    ["nosuch=1", "nosuch is not defined in the referenced workflow. Its inputs are rehearsal"],
    ["rehearsal=maybe", "Input rehearsal must be a boolean, found 'maybe'"],
  ])("on the input %s, before the example's own CI is played", async (input, text) => {
    const { output } = await complains(["--input", input], text);
    expect(output).not.toContain("CI:");
  });

  it("on a shallow clone, with the command that mends it", async () => {
    const whole = aRepository();
    execFileSync("git", ["-C", whole, ...author, "commit", "--quiet", "--allow-empty", "-m", "second"]);
    const checkout = join(aFolder(), "shallow");
    execFileSync("git", ["clone", "--quiet", "--depth=1", `file://${whole}`, checkout]);
    await complains(["--repo", checkout], "git fetch --unshallow");
  });

  it("on an example whose channel needs a client that the machine does not have", async () => {
    const bin = aFolder();
    for (const program of ["git", "sh"]) symlinkSync(pathOf(program), join(bin, program));
    const { output } = await complains(["--example", "rust-crate"], "expected cargo on PATH", {
      ...process.env,
      PATH: bin,
    });
    expect(output).toContain("`npm run rehearse` needs git, Node.js and npm alone");
  });

  it("on an unknown fault", async () => {
    await complains(["--fault", "no-such-fault"], "expected a fault");
  });

  it("on a repository that is missing", async () => {
    await complains(["--repo", join(aFolder(), "absent")], "found nothing");
  });

  it("on a folder that is no repository", async () => {
    await complains(["--repo", aFolder()], "without .git");
  });

  it("on a repository that is not clean", async () => {
    const checkout = aRepository();
    writeFileSync(join(checkout, "untracked.txt"), "x");
    await complains(["--repo", checkout], "untracked.txt");
    writeFileSync(join(checkout, ".github/workflows/release.yml"), "changed");
    await complains(["--repo", checkout], "\n M .github/workflows/release.yml");
  });

  it("on a repository without the workflow", async () => {
    await complains(["--repo", aRepository(), "--workflow", ".github/workflows/ship.yml"], "expected the workflow");
  });

  it("on a channel that names another package than package.json, naming both", async () => {
    const channels = 'channels: [{ id: npm, kind: npm, package: "@example/one" }]';
    const config = `version: { sources: [{ kind: npm }] }\n${channels}\nwatch: { not-applicable: a library has no host }\n`;
    const files = { ".github/seaworthy.yml": config, "package.json": '{ "name": "@example/two", "version": "1.0.0" }' };
    const text = "@example/one of the configuration's channels in package.json, found @example/two";
    await complains(["--repo", aRepository(files)], text);
  });

  it("on a port that is in use", async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const port = typeof address === "object" && address ? address.port : 0;
    await complains(["--port", String(port)], `port ${port}`);
    server.close();
  });

  it("on a resume of one that ended before its first job", async () => {
    const base = aFolder();
    mkdirSync(join(base, "early/world"), { recursive: true });
    symlinkSync("early", join(base, "latest"));
    const { code, output } = await drive(base, ["--resume"]);
    expect(output).toContain("expected the memory of an earlier rehearsal");
    expect(code, output).toBe(2);
  });

  it("on a machine without git", async () => {
    await complains([], "expected git on PATH", { PATH: aFolder() });
  });

  it("on a resume without anything to resume", async () => {
    await complains(["--resume"], "expected an earlier rehearsal");
  });
});

const author = ["-c", "user.name=A", "-c", "user.email=a@example.com"];

function aRepository(files: Record<string, string> = {}): string {
  const folder = aFolder();
  mkdirSync(join(folder, ".github/workflows"), { recursive: true });
  const all = { ".github/workflows/release.yml": "on: workflow_dispatch\njobs: {}\n", ...files };
  for (const [path, text] of Object.entries(all)) writeFileSync(join(folder, path), text);
  const git = (...args: string[]) => execFileSync("git", ["-C", folder, ...author, ...args]);
  git("init", "--quiet");
  git("add", ".");
  git("commit", "--quiet", "-m", "first");
  return folder;
}

function pathOf(program: string): string {
  return execFileSync("/bin/sh", ["-c", 'command -v "$1"', "sh", program], { encoding: "utf8" }).trim();
}
