import { execFile } from "node:child_process";

/** Extra material of one git call. */
export interface GitExtras {
  readonly input?: string | Buffer;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs git on one bare repository, untouched by the configuration of the machine. */
export interface Git {
  readonly dir: string;
  /** Gives stdout; throws with git's own words when git fails. */
  run(args: readonly string[], extras?: GitExtras): Promise<Buffer>;
  /** Gives stdout trimmed, or undefined when git says no. */
  find(args: readonly string[], extras?: GitExtras): Promise<string | undefined>;
}

/** Environment in which neither the user's nor the system's git configuration is read, and nothing ever asks. */
export function gitEnvironment(extra: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const clean = Object.entries(process.env).filter(([name]) => !name.startsWith("GIT_"));
  return {
    ...Object.fromEntries(clean),
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_TERMINAL_PROMPT: "0",
    ...extra,
  };
}

/** Opens a bare repository for reading and writing by plumbing commands. */
export function openGit(dir: string): Git {
  return { dir, run, find };

  function run(args: readonly string[], extras: GitExtras = {}): Promise<Buffer> {
    const options = { encoding: "buffer" as const, maxBuffer: 512 * 1024 * 1024, env: gitEnvironment(extras.env) };
    return new Promise((resolve, reject) => {
      const child = execFile("git", ["--git-dir", dir, ...args], options, (failure, stdout, stderr) => {
        if (failure) reject(new Error(`git ${args[0] ?? ""}: ${stderr.toString("utf8").trim() || failure.message}`));
        else resolve(stdout);
      });
      // git may leave before it has read all of its input; its exit code tells the story.
      child.stdin?.on("error", () => {});
      child.stdin?.end(extras.input ?? "");
    });
  }

  async function find(args: readonly string[], extras?: GitExtras): Promise<string | undefined> {
    try {
      return (await run(args, extras)).toString("utf8").trim();
    } catch {
      return undefined;
    }
  }
}
