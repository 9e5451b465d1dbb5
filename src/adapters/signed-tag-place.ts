import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { settingVariables } from "#src/adapters/git-command";
import { credentialSettings, type Remote } from "#src/adapters/git-remote";
import { complaintOf } from "#src/adapters/program-complaint";
import { type ProgramEnding, runProgram } from "#src/adapters/run-program";
import { Failure } from "#src/domain/failure";

/** Sockets of the OpenPGP agent live in its home, and their paths may hold about a hundred characters. */
const longestHome = 60;

/** A throwaway bare repository with homes of its own for keys: nothing of the machine's configuration takes part. */
export interface SigningPlace {
  folder: string;
  /** Writes a file that only this user can read, and tells its path. */
  keep(name: string, text: string): Promise<string>;
  /** Makes an empty home for OpenPGP keys. Its agent is ended with the place. */
  openpgpHome(name: string): Promise<string>;
  /** Runs git or another program in the place. Throws `all.tool-missing`. */
  run(program: string, args: string[], extras?: RunExtras): Promise<ProgramEnding>;
}

/** Settings and variables of one call, and what it reads. `remote` lends the token to git. */
export interface RunExtras {
  settings?: [string, string][];
  variables?: Record<string, string>;
  input?: string;
  remote?: Remote;
}

/** Opens a place for one piece of work and removes it with all it holds, whatever became of the work. */
export async function inSigningPlace<Result>(
  temp: string,
  work: (place: SigningPlace) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(temp.length < longestHome ? temp : tmpdir(), "sw-"));
  const homes: string[] = [];
  const place = placeIn(folder, homes);
  try {
    const made = await place.run("git", ["init", "--quiet", "--bare", "--template="]);
    if (made.exit !== 0) throw unmade(made);
    return await work(place);
  } finally {
    for (const home of homes) await place.run("gpgconf", ["--homedir", home, "--kill", "all"]).catch(() => undefined);
    await rm(folder, { recursive: true, force: true });
  }
}

function unmade({ complaint, exit }: ProgramEnding): Failure {
  const because = complaintOf(complaint) || `it ended with exit code ${exit ?? "none"}`;
  return new Failure({
    kind: "upstream",
    code: "tag.sign-failed",
    message: `expected git to make a repository to sign and verify tags in, found: ${because}`,
    hint: "Check the runner's disk, and rerun the job; it looks at the tag again before it writes.",
  });
}

function placeIn(folder: string, homes: string[]): SigningPlace {
  return {
    folder,
    keep: async (name, text) => {
      const path = join(folder, name);
      await writeFile(path, text, { mode: 0o600 });
      return path;
    },
    openpgpHome: async (name) => {
      const home = join(folder, name);
      await mkdir(home, { mode: 0o700 });
      await chmod(home, 0o700);
      await writeFile(join(home, "gpg.conf"), "batch\nno-tty\npinentry-mode error\n");
      homes.push(home);
      return home;
    },
    run: (program, args, extras = {}) => runIn(folder, { program, args, ...extras }),
  };
}

async function runIn(
  folder: string,
  { program, args, settings = [], variables = {}, input = "", remote }: RunExtras & { program: string; args: string[] },
): Promise<ProgramEnding> {
  const ending = await runProgram({
    program,
    args,
    directory: folder,
    input,
    variables: {
      HOME: folder,
      GNUPGHOME: join(folder, "none"),
      GIT_CONFIG_NOSYSTEM: "1",
      GIT_CONFIG_GLOBAL: "/dev/null",
      GIT_TERMINAL_PROMPT: "0",
      SSH_AUTH_SOCK: "",
      SSH_ASKPASS_REQUIRE: "never",
      ...settingVariables([...(remote ? credentialSettings(remote) : []), ...settings]),
      ...variables,
    },
  });
  if (ending !== "missing") return ending;
  throw new Failure({
    kind: "input",
    code: "all.tool-missing",
    message: `expected ${program} on PATH, found none`,
    hint: `Install ${program} in the job before this step; it signs and verifies tags.`,
  });
}
