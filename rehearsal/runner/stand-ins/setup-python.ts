/** Stand-in for actions/setup-python: checks that the host's Python is one that was asked for, and gives it its usual names. */
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { addPath, getInput, setFailed, setOutput, warning } from "@actions/core";
import { satisfies, validRange } from "semver";

function setUp(): void {
  const asked = getInput("python-version");
  const [executable = "", version = ""] = ask(
    "import sys; print(sys.executable); print('%d.%d.%d' % sys.version_info[:3])",
  );
  if (asked === "") warning("No Python version was asked for: the one that runs is kept.");
  else requireVersion(asked, version);
  const folder = join(process.env.RUNNER_TEMP ?? process.cwd(), "setup-python");
  mkdirSync(folder, { recursive: true });
  // A host may have Python by the name python3 alone; a link would hide where its packages are.
  write(join(folder, "python"), `exec "${executable}" "$@"`);
  write(join(folder, "pip"), `exec "${executable}" -m pip "$@"`);
  addPath(folder);
  setOutput("python-version", version);
  setOutput("python-path", executable);
}

function ask(program: string): string[] {
  try {
    return execFileSync("python3", ["-c", program], { encoding: "utf8" }).split("\n");
  } catch (cause) {
    throw new Error(`expected python3 on PATH, found none: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}

/** This host has one Python, and says so when another is asked for. */
function requireVersion(asked: string, version: string): void {
  const range = validRange(asked);
  if (range === null) throw new Error(`cannot tell which Python '${asked}' is; this host has ${version}`);
  if (!satisfies(version, range)) throw new Error(`expected Python ${asked}, found ${version}`);
}

function write(file: string, line: string): void {
  writeFileSync(file, `#!/bin/sh\n${line}\n`, { mode: 0o755 });
}

try {
  setUp();
} catch (thrown) {
  setFailed(thrown instanceof Error ? thrown.message : String(thrown));
}
