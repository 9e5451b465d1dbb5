/** The least environment that steps get from this host. Nothing that configures a tool leaks in unless it is given. */
import { delimiter, dirname, sep } from "node:path";

const operatingSystems: Record<string, string> = { linux: "Linux", darwin: "macOS", win32: "Windows" };
const architectures: Record<string, string> = { x64: "X64", arm64: "ARM64", arm: "ARM", ia32: "X86" };

/** The words of the `runner` context for this host. */
export const host = {
  os: operatingSystems[process.platform] ?? process.platform,
  arch: architectures[process.arch] ?? process.arch,
};

/** Builds PATH: Node.js 24 first, then this process's own, without the folders that package scripts add to it. */
function hostPath(node: string): string {
  const inherited = (process.env.PATH ?? "").split(delimiter).filter((folder) => {
    return folder !== "" && !folder.endsWith(`${sep}node_modules${sep}.bin`) && !folder.includes("node-gyp-bin");
  });
  return [dirname(node), ...inherited.filter((folder) => folder !== dirname(node))].join(delimiter);
}

/** Builds the environment that all steps of a job start from. */
export function hostEnvironment(node: string, home: string, given: Record<string, string>): Record<string, string> {
  return {
    PATH: hostPath(node),
    HOME: home,
    LANG: "C.UTF-8",
    // System-wide git settings are configuration of a tool as well.
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_TERMINAL_PROMPT: "0",
    ...given,
    CI: "true",
  };
}
