import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { Complaint } from "./complaint.ts";

const run = promisify(execFile);

/** Runs git without prompts and returns its output without its last line breaks. Throws a `Complaint` where git is missing or refuses. */
export async function git(args: string[], cwd?: string): Promise<string> {
  try {
    const { stdout } = await run("git", args, {
      cwd,
      env: { ...process.env, GIT_TERMINAL_PROMPT: "0" },
      maxBuffer: 64 * 1024 * 1024,
    });
    return stdout.replace(/[\r\n]+$/, "");
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") {
      throw new Complaint("expected git on PATH, found none", "Install git and run again.");
    }
    const text = cause instanceof Error ? cause.message : String(cause);
    throw new Complaint(
      `expected \`git ${args.join(" ")}\` to succeed, found: ${text}`,
      "Look at the repository, then run again.",
    );
  }
}
