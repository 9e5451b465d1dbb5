import { homedir, platform } from "node:os";
import { join } from "node:path";
import { toolEnvironment } from "#src/adapters/tool-environment";

/** Where modules come from, how their sums are known, who asks, and through which proxy. */
const ofTheClient =
  /^(GOPROXY|GOPRIVATE|GONOPROXY|GOSUMDB|GONOSUMDB|GONOSUMCHECK|GOINSECURE|GOVCS|GOAUTH|(https?_|all_|no_)?proxy)$/i;

/** What a clean place sets itself, and what steers a build. */
const replaced = /^(HOME|USERPROFILE|GO(ENV|PATH|BIN|MODCACHE|CACHE|FLAGS|WORK|OS|ARCH|TOOLCHAIN|111MODULE)|NETRC)$/i;

/** Where the go command is told where modules come from and who asks: variables, the file of `go env -w`, and netrc. */
export function goConfiguration(source: Record<string, string | undefined>): Record<string, string> {
  const configured = Object.entries(source).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && ofTheClient.test(entry[0]),
  );
  const home = source.HOME ?? source.USERPROFILE ?? homedir();
  return {
    ...Object.fromEntries(configured),
    GOENV: source.GOENV ?? join(configurationFolder(home, source), "go/env"),
    NETRC: source.NETRC ?? join(home, ".netrc"),
    GIT_TERMINAL_PROMPT: "0",
  };
}

/** Composes the environment of the go command in a folder: all as configured, and everything that remembers (home, caches) fresh. */
export function goEnvironment(folder: string, source: Record<string, string | undefined>): Record<string, string> {
  const all = Object.entries(toolEnvironment({ source }));
  return {
    ...Object.fromEntries(all.filter(([name]) => !replaced.test(name))),
    ...goConfiguration(source),
    HOME: join(folder, "home"),
    GOPATH: join(folder, "go"),
    GOMODCACHE: join(folder, "go/pkg/mod"),
    GOCACHE: join(folder, "build"),
    // Modules are written read-only otherwise, and nobody could delete the place.
    GOFLAGS: "-modcacherw",
    GOWORK: "off",
    // A module's own wish for another toolchain would have one downloaded.
    GOTOOLCHAIN: "local",
  };
}

/** The folder of os.UserConfigDir, in which `go env -w` writes. */
function configurationFolder(home: string, source: Record<string, string | undefined>): string {
  if (platform() === "darwin") return join(home, "Library/Application Support");
  return source.XDG_CONFIG_HOME ?? join(home, ".config");
}
