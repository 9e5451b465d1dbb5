import { toolEnvironment } from "#src/adapters/tool-environment";
import type { PublishingClient } from "#src/ports/publishing-client";
import type { Shell } from "#src/ports/shell";

const told = /^(?:twine version|uv) (\d+\.\d+\.\d+)/m;

/**
 * What can be known of an upload to a Python index beforehand: no index answers who a token belongs to before it is used, so
 * that only the client is asked, for its version.
 */
export function pythonUploads(
  shell: Shell,
  { temp, source = process.env }: { temp: string; source?: Record<string, string | undefined> },
): PublishingClient {
  return {
    credential: () =>
      Promise.resolve({ seen: "unknown", because: "a Python index says nothing about a token before an upload" }),
    async version(program) {
      if (program === undefined || !(await shell.which(program))) return undefined;
      const environment = { ...toolEnvironment({ source, extra: {} }), UPLOADS_WITH: program };
      const { exit, output } = await shell.run({
        line: '"$UPLOADS_WITH" --version',
        directory: temp,
        environment,
        timeout: 30_000,
      });
      return exit === 0 ? told.exec(output)?.[1] : undefined;
    },
  };
}
