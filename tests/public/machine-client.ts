import type { Shell } from "#src/ports/shell";
import type { KnownRelease } from "./known-releases.ts";

/** One plain question to each client, answered by no cache: does it exit well, it has the version. */
const questions: Record<KnownRelease["kind"], string> = {
  npm: 'npm view --cache=npm --fetch-retries=0 "$PACKAGE@$VERSION" version | grep -Fx "$VERSION"',
  pypi: 'pip download --quiet --retries 0 --no-deps --no-cache-dir --dest . "$PACKAGE==$VERSION"',
  cargo: 'cargo info --quiet "$PACKAGE@$VERSION"',
  go: 'GOMODCACHE="$PWD/go" GOFLAGS=-modcacherw go list -m "$PACKAGE@v$VERSION"',
};

/**
 * Whether the machine's own client, with its own configuration, has a version. Where it has, our look must have it too: only
 * where it has not may a look end in "cannot tell".
 */
export async function machineHas(shell: Shell, directory: string, wanted: KnownRelease): Promise<boolean> {
  const own = Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
  const environment = { ...Object.fromEntries(own), PACKAGE: wanted.package, VERSION: wanted.version };
  const { ending, exit } = await shell.run({ line: questions[wanted.kind], directory, environment, timeout: 120_000 });
  return ending === "exited" && exit === 0;
}
