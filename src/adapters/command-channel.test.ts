import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { commandChannel } from "#src/adapters/command-channel";
import { systemShell } from "#src/adapters/system-shell";
import type { RepositoryCopy } from "#src/ports/repository-copy";
import { aRelease, aSha } from "#src/testing/builders";

const sha256 = "1".repeat(64);
const file = { name: "tide.zip", sha256, size: 3 };

let temp: string;
let cloned: string[];

beforeEach(() => {
  temp = mkdtempSync(join(tmpdir(), "command-channel-"));
  cloned = [];
});

afterEach(() => rmSync(temp, { recursive: true }));

describe("a channel that a command is asked about", () => {
  it("PUB-30: is served with the files that the command tells, and its pointers", async () => {
    const answer = { version: "1.1.0", files: [file], pointers: { latest: "1.1.0" } };
    expect(await look(print(answer))).toEqual({
      version: { seen: "served", files: [{ name: "tide.zip", digests: { sha256 }, size: 3 }] },
      pointers: new Map([["latest", "1.1.0"]]),
      notes: { answered: "1.1.0" },
    });
  });

  it.each([
    ["PUB-31: absent at null", { version: null }, { seen: "absent" }],
    ["PUB-31 F46: absent at another version", { version: "1.0.0", files: [file] }, { seen: "absent" }],
    [
      "PUB-31: accepted with a trace",
      { version: null, accepted: "in review" },
      { seen: "accepted", because: "in review" },
    ],
    [
      "PUB-30: withdrawn with words that turn users away",
      { version: "1.1.0", files: [file], withdrawn: "yanked" },
      { seen: "withdrawn", because: "yanked" },
    ],
  ])("is %s", async (_fact, answer, expected) => {
    expect((await look(print(answer))).version).toMatchObject(expected);
  });

  it.each([
    ["an exit code", "echo '{}'; echo oops >&2; exit 3", "the command ended with exit code 3: oops"],
    ["a text that is no JSON", "echo nothing", "found another answer"],
    ["silence", "true", "found another answer"],
    ["a misspelt key", print({ version: "1.1.0", file: [file] }), "found another answer"],
    ["a digest that is none", print({ version: "1.1.0", files: [{ ...file, sha256: "1" }] }), "files.0.sha256"],
    ["its time limit", "sleep 60", "the command was stopped: timed-out"],
  ])("ALL-08 PUB-31: is unknown after %s", async (_fact, run, because) => {
    const { version, pointers } = await look(run);
    expect(version).toMatchObject({ seen: "unknown", because: expect.stringContaining(because) });
    expect(pointers).toMatchObject({ unknown: expect.stringContaining(because) });
  });

  it("is unknown where the repository cannot be cloned", async () => {
    const { version } = await look("true", { clone: async () => ({ trouble: { ended: "exit code 128", said: "" } }) });
    expect(version).toMatchObject({ seen: "unknown", because: expect.stringContaining("exit code 128") });
  });

  it("PUB-31 F46: is asked in a clone of the released commit, with an empty home that does not last", async () => {
    const answer = '{"version":"%s","pointers":{"tag":"%s","here":"%s","home":"%s"}}';
    const run = `printf '${answer}' "$RELEASE_VERSION" "$RELEASE_TAG" "$(ls)" "$(ls -A "$HOME")"; touch "$HOME/cache"`;
    const { pointers } = await look(run);
    expect(pointers).toEqual(
      new Map([
        ["tag", "v1.1.0"],
        ["here", "served.sh"],
        ["home", ""],
      ]),
    );
    expect((await look(run)).pointers).toEqual(pointers);
    expect(cloned).toEqual([aSha(), aSha()]);
    expect(readdirSync(temp)).toEqual([]);
  });

  it("is told no secret of the job", async () => {
    const run = `printf '{"version":null,"pointers":{"secret":"[%s]"}}' "\${UPLOAD_TOKEN-}"`;
    expect((await look(run)).pointers).toEqual(new Map([["secret", "[]"]]));
  });
});

describe("a credential that a command is asked about", () => {
  const undo = { withdraw: "automatic", repoint: "person" };

  it.each([
    ["ready", { seen: "accepted", as: "good, as the command says: may upload", rights: "unknown" }],
    ["bad", { seen: "rejected", because: "may upload" }],
    ["unknown", { seen: "unknown", because: "may upload" }],
  ])("PUB-01: is %s as the command says, with what can be undone", async (credential, expected) => {
    const found = await ask(print({ credential, because: "may\nupload", undo }));
    expect(found).toEqual({ credential: expected, undo });
  });

  it.each([
    ["an exit code", "echo oops >&2; exit 1", "the command ended with exit code 1: oops"],
    ["another answer", print({ credential: "good", because: "x" }), "credential: "],
    ["a misspelt key", print({ credential: "ready", because: "x", rights: 1 }), "found another answer"],
    ["silence", "true", "found another answer"],
  ])("PUB-01 F42 ALL-08: is unknown after %s", async (_what, run, because) => {
    const { credential } = await ask(run);
    expect(credential).toMatchObject({ seen: "unknown", because: expect.stringContaining(because) });
  });

  it("is lent the variables that are named, whose values it may say and nobody keeps", async () => {
    const said = `printf '{"credential":"ready","because":"[%s]"}' "$UPLOAD_TOKEN"`;
    expect((await ask(said)).credential).toMatchObject({ as: "good, as the command says: [***]" });
    expect((await ask(said, [])).credential).toMatchObject({ as: "good, as the command says: []" });
    const failed = await ask('echo "wrong: $UPLOAD_TOKEN" >&2; exit 1');
    expect(JSON.stringify(failed)).not.toContain("a-secret-of-the-job");
  });
});

const print = (answer: object) => `printf '%s' '${JSON.stringify(answer)}'`;

const copy: RepositoryCopy = {
  async clone(ref, { directory }) {
    cloned.push(ref);
    const folder = join(directory, "repository");
    if (existsSync(folder)) throw new Error("expected a clean place");
    mkdirSync(folder);
    writeFileSync(join(folder, "served.sh"), "");
    return { head: ref };
  },
};

const release = { ...aRelease(), tag: "v1.1.0", version: "1.1.0" };

function channelOf(repository: RepositoryCopy) {
  const source = { PATH: process.env.PATH ?? "", UPLOAD_TOKEN: "a-secret-of-the-job" };
  return commandChannel({ shell: systemShell(), repository, temp, source });
}

function look(run: string, repository = copy) {
  return channelOf(repository).look({ run, timeout: 2_000, release });
}

function ask(run: string, variables = ["UPLOAD_TOKEN"]) {
  return channelOf(copy).credential({ run, timeout: 2_000, release, variables });
}
