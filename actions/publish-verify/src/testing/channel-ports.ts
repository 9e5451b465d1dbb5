import type { CommandChannel } from "#src/ports/command-channel";
import { alike } from "#src/testing/alike";
import type { FakePackageChannel, FakeTagContent } from "#src/testing/fake-channels";
import { FakeFormulae, FakeServedBytes } from "#src/testing/fake-formulae";

/** Lets one fake stand behind every kind of channel that serves files. */
export function channelPorts(port: FakePackageChannel, content: FakeTagContent) {
  const command: CommandChannel = {
    look: ({ run, release: { version } }) => port.look({ name: run, version, files: [] }),
    credential: () => Promise.resolve({ credential: { seen: "unknown", because: "nobody was asked" } }),
  };
  const brew = { formulae: new FakeFormulae(), bytes: new FakeServedBytes(), server: "https://forge.example" };
  return { packages: { ...alike(port), "github-release": port }, command, content, ...brew };
}
