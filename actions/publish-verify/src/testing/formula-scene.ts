import { channelSchema } from "#src/contract/config/channels";
import type { BuiltFile } from "#src/domain/build-manifest";
import { aBuiltFile } from "#src/testing/build-builders";
import type { FormulaPolicy } from "../alignment/formula-policy.ts";

/** Platforms of the builds in tests, with a digest for each. */
export const platforms = ["darwin_amd64", "darwin_arm64", "linux_amd64"];

/** A digest of its own for each platform. */
export function digestFor(platform: string): string {
  return String(platforms.indexOf(platform) + 1)
    .repeat(63)
    .concat("0");
}

/** Builds the archives of a release. */
export function archives(version = "1.1.0"): BuiltFile[] {
  return platforms.map((platform) =>
    aBuiltFile({
      ...{ name: `tide_${version}_${platform}.tar.gz`, kind: "archive", package: null },
      ...{ platform, sha256: digestFor(platform) },
    }),
  );
}

/** Builds a channel of kind homebrew. */
export function aFormulaChannel(overrides: object = {}): FormulaPolicy {
  const channel = channelSchema.parse({ id: "tap", kind: "homebrew", formula: "Formula/tide.rb", ...overrides });
  if (channel.kind !== "homebrew") throw new Error(`expected a channel of kind homebrew, found ${channel.kind}`);
  return channel;
}

/** Where an archive is downloaded from in tests. */
export function assetOf(platform: string, version = "1.1.0"): string {
  return `https://forge.example/octo/tide/releases/download/v${version}/tide_${version}_${platform}.tar.gz`;
}

/** Writes a formula that is right for a version, whose fields may be replaced. */
export function aFormula({ version = "1.1.0", replace = [] }: { version?: string; replace?: [string, string][] } = {}) {
  const download = (platform: string, indent: string) =>
    [`${indent}url "${assetOf(platform, version)}"`, `${indent}sha256 "${digestFor(platform)}"`].join("\n");
  const text = [
    "class Tide < Formula",
    '  desc "Prints tides"',
    `  version "${version}"`,
    "",
    "  on_macos do",
    "    if Hardware::CPU.arm?",
    download("darwin_arm64", "      "),
    "    else",
    download("darwin_amd64", "      "),
    "    end",
    "  end",
    "",
    "  on_linux do",
    "    on_intel do",
    download("linux_amd64", "      "),
    "    end",
    "  end",
    "",
    "  def install",
    '    bin.install "tide"',
    "  end",
    "end",
    "",
  ].join("\n");
  return replace.reduce((whole, [from, to]) => whole.replaceAll(from, to), text);
}
