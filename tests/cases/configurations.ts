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
