import { changelogConfigurations } from "./changelog-configurations.ts";

/** A configuration that is added to every commit of a history, so that the shipped action finds it where it looks for one. */
export interface Configuration {
  path: string;
  text: string;
  /** File that a commit must hold for this configuration to be the one that the project would have had then. */
  needs: string;
}

const rest = `
  first-release: true
changelog:
  format: none
report:
  github-release: false
`;

const plain = (path: string, file: string, former: string): Configuration => ({
  path,
  needs: file,
  text: `version:\n  sources:\n    - kind: plain\n      file: ${file}\n      former: [${former}]${rest}`,
});

const targets = `targets:
  kind: json
  file: release/targets.json
  id: rust_target
  platform: sdk_platform
  channels:
    - id: homebrew
      within: [darwin_amd64, darwin_arm64, linux_amd64]
    - id: npm
      platform: node_platform
`;

/** What is built is judged, and the rest of the plan kept out of it. */
const proving = (path: string, more: string): Configuration => ({
  path,
  needs: "bindings/node/package.json",
  text: `version:
  sources:
    - kind: json
      file: bindings/node/package.json
      pointer: /version${rest}provenance:
  workflow: release.yml
${more}`,
});

/** Configurations by history, the one of the newest layout first; the first one also serves commits that fit none. */
export const configurations: Record<string, Configuration[]> = {
  rally: [
    plain(".github/seaworthy.yml", "internal/buildinfo/VERSION", "VERSION"),
    plain(".github/seaworthy-early.yml", "VERSION", ""),
  ],
  plasmite: [
    {
      path: ".github/seaworthy.yml",
      needs: "Cargo.toml",
      text: `version:
  sources:
    - kind: rust
      manifests: [bindings/node/native/Cargo.toml]
    - kind: python
      file: bindings/python/pyproject.toml
    - kind: npm
      file: bindings/node/package.json${rest}`,
    },
    proving(".github/seaworthy-provenance.yml", ""),
    proving(".github/seaworthy-targets.yml", targets),
    ...(changelogConfigurations.plasmite ?? []),
  ],
  untether: [
    {
      path: ".github/seaworthy.yml",
      needs: "pyproject.toml",
      text: `version:\n  sources:\n    - kind: python${rest}`,
    },
    ...(changelogConfigurations.untether ?? []),
  ],
};
