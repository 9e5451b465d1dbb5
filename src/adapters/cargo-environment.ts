import { join } from "node:path";
import { rustupHome, type Variables } from "#src/adapters/cargo-configuration";
import { toolEnvironment } from "#src/adapters/tool-environment";
import { Failure } from "#src/domain/failure";

/** Where crates come from, who asks, and through which proxy; the tokens of registries are among them. */
const ofTheClient = /^(CARGO_(REGISTRY|REGISTRIES|HTTP|NET)_.+|(https?_|all_|no_)?proxy)$/i;

/** What a clean place sets itself, and what steers a build or the output. */
const replaced =
  /^(HOME|USERPROFILE|CARGO(_HOME|_NET_(OFFLINE|RETRY)|_TERM_.+|_BUILD_.+|_TARGET_.+)?|RUSTFLAGS|RUSTC.*)$/i;

/**
 * Composes the environment of cargo in a folder: the registries and credentials as configured, and everything that remembers
 * (home, caches) fresh. Retries are left to the stage, which has the deadline.
 */
export function cargoEnvironment(folder: string, source: Variables): Record<string, string> {
  const configured = Object.entries(source).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && ofTheClient.test(entry[0]),
  );
  const all = Object.entries(toolEnvironment({ source, extra: Object.fromEntries(configured) }));
  return {
    ...Object.fromEntries(all.filter(([name]) => !replaced.test(name))),
    HOME: join(folder, "home"),
    RUSTUP_HOME: rustupHome(source),
    CARGO_HOME: join(folder, "cargo"),
    CARGO_NET_RETRY: "0",
    CARGO_TERM_COLOR: "never",
    CARGO_TERM_PROGRESS_WHEN: "never",
  };
}

/** Says that there is no cargo to ask. */
export function cargoMissing(): Failure {
  return new Failure({
    kind: "input",
    code: "all.tool-missing",
    message: "expected cargo on PATH, found none",
    hint: "Install Rust in the job before this step; cargo 1.82 or newer is needed.",
  });
}
