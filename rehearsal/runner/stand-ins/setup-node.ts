/** Stand-in for actions/setup-node: checks that the Node.js asked for is the one that runs, and writes an .npmrc. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import { exportVariable, getInput, setFailed, setOutput, warning } from "@actions/core";
import { intersects, validRange } from "semver";

function setUp(): void {
  for (const input of ["package-manager-cache", "check-latest"]) {
    if (!["", "false"].includes(getInput(input)))
      throw new Error(`'${input}: ${getInput(input)}' is not emulated by this stand-in`);
  }
  checkVersion(getInput("node-version") || versionFromFile(getInput("node-version-file")));
  const registry = getInput("registry-url");
  if (registry !== "") writeNpmrc(registry);
  setOutput("node-version", process.version);
  setOutput("cache-hit", "false");
}

/** Only the major version counts: this host has one Node.js, and says so when another is asked for. */
function checkVersion(asked: string): void {
  if (asked === "") {
    warning("No Node.js version was asked for: the one that runs is kept.");
    return;
  }
  const [major = ""] = process.versions.node.split(".");
  const range = validRange(asked.replace(/^v/, ""));
  if (range === null) throw new Error(`cannot tell which Node.js '${asked}' is; this host has ${process.version}`);
  if (!intersects(range, `${major}.x`)) throw new Error(`expected Node.js ${asked}, found ${process.version}`);
}

function versionFromFile(file: string): string {
  if (file === "") return "";
  const path = resolve(process.env.GITHUB_WORKSPACE ?? "", file);
  if (!existsSync(path)) throw new Error(`the specified node version file at ${path} does not exist`);
  const text = readFileSync(path, "utf8");
  if (basename(path) !== "package.json") return text.trim().replace(/^nodejs\s+/, "");
  const manifest: unknown = JSON.parse(text);
  const engines = property(manifest, "engines");
  const version = property(engines, "node");
  if (typeof version !== "string") throw new Error(`${file} names no Node.js version under engines.node`);
  return version;
}

function property(holder: unknown, key: string): unknown {
  return Object.entries(typeof holder === "object" && holder !== null ? holder : {}).find(
    ([name]) => name === key,
  )?.[1];
}

/** The same lines, file and variables as the real action; npm reads the token from NODE_AUTH_TOKEN when it runs. */
function writeNpmrc(registry: string): void {
  const url = registry.endsWith("/") ? registry : `${registry}/`;
  if (!URL.canParse(url)) throw new Error(`registry-url '${registry}' is no address`);
  const scope = getInput("scope");
  const owner = scope === "" ? "" : `${scope.startsWith("@") ? scope : `@${scope}`}:`.toLowerCase();
  const file = resolve(process.env.RUNNER_TEMP ?? process.cwd(), ".npmrc");
  const kept = (existsSync(file) ? readFileSync(file, "utf8") : "")
    .split("\n")
    .filter((line) => line !== "" && !line.toLowerCase().startsWith(`${owner}registry`));
  const lines = [...kept, `${url.replace(/^\w+:/, "")}:_authToken=\${NODE_AUTH_TOKEN}`, `${owner}registry=${url}`];
  writeFileSync(file, lines.join("\n"));
  exportVariable("NPM_CONFIG_USERCONFIG", file);
  exportVariable("NODE_AUTH_TOKEN", process.env.NODE_AUTH_TOKEN || "XXXXX-XXXXX-XXXXX-XXXXX");
}

try {
  setUp();
} catch (thrown) {
  setFailed(thrown instanceof Error ? thrown.message : String(thrown));
}
