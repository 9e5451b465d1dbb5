import { succeeded } from "#src/adapters/client-trouble";
import { toolEnvironment } from "#src/adapters/tool-environment";
import type { Execution, Shell } from "#src/ports/shell";

/** Where pip takes packages from, and what it needs to get there, as variables that pip reads. */
export interface PipConfiguration {
  index: URL;
  variables: Record<string, string>;
}

/** Who is asked: the client by name, and the job's variables. */
export interface PipAsker {
  shell: Shell;
  program: string;
  directory: string;
  source: Record<string, string | undefined>;
}

/** The client's own variables, which may hold a login, and the proxies. */
const ofTheClient = /^(PIP_.+|NETRC|(https?_|all_|no_)?proxy)$/i;

/** Settings that say how an index is reached, and nothing of what is installed. */
const ofTheWay = ["cert", "client-cert", "proxy", "trusted-host"];

/** A setting of a command comes before one for all, and a variable before both. */
const sections = [":env:", "install", "global"];

const patience = 60_000;

/**
 * Asks pip itself which index it is set up for, by its variables and its files, as they hold for `pip install`; the default
 * is in its own help. Further indexes and local folders of packages are left out: they are not where the release went.
 */
export async function pipConfiguration(asker: PipAsker): Promise<PipConfiguration | { unknown: string }> {
  const told = await ask(asker, "config list");
  if (!succeeded(told)) return { unknown: `expected pip to tell its configuration, found ${endOf(told)}` };
  const settings = readSettings(told.output);
  if (settings.has("no-index")) return { unknown: "pip is told to ask no index (`no-index`)" };
  const address = settings.get("index-url") ?? defaultIndex((await ask(asker, "download --help")).output);
  if (address === undefined || !/^https?:\/\//i.test(address) || !URL.canParse(address)) {
    return { unknown: "expected the address of an index in pip's configuration or in its help, found none" };
  }
  const way = ofTheWay.flatMap((name): [string, string][] => {
    const value = settings.get(name);
    return value === undefined ? [] : [[variableOf(name), value]];
  });
  return { index: new URL(address), variables: { PIP_INDEX_URL: address, ...Object.fromEntries(way) } };
}

/** Runs pip with the user's own configuration. */
function ask({ shell, program, directory, source }: PipAsker, words: string): Promise<Execution> {
  const own = Object.entries(source).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && ofTheClient.test(entry[0]),
  );
  const environment = {
    ...toolEnvironment({ source, extra: Object.fromEntries(own) }),
    PIP_DISABLE_PIP_VERSION_CHECK: "1",
    // The help is broken into lines of the terminal's width.
    COLUMNS: "400",
  };
  return shell.run({ line: `${program} ${words} 2>/dev/null`, directory, environment, timeout: patience });
}

/** Reads the lines of `pip config list`, such as `global.index-url='…'`, with values as Python writes texts. */
function readSettings(output: string): Map<string, string> {
  const found = new Map<string, { rank: number; value: string }>();
  for (const line of output.split("\n")) {
    const [, section = "", name, literal = ""] = /^([^.=]+)\.([a-z-]+)=(.*)$/.exec(line.trim()) ?? [];
    const rank = sections.indexOf(section);
    const known = name === undefined ? undefined : found.get(name);
    if (name === undefined || rank < 0 || (known && known.rank < rank)) continue;
    found.set(name, { rank, value: textOf(literal) });
  }
  return new Map([...found].map(([name, { value }]) => [name, value]));
}

function textOf(literal: string): string {
  return literal
    .replace(/^(['"])(.*)\1$/, "$2")
    .replace(/\\([\\'"n])/g, (_whole, letter) => (letter === "n" ? "\n" : letter))
    .trim();
}

function defaultIndex(help: string): string | undefined {
  return /--index-url <url>.*?\(default (https?:\/\/[^\s)]+)\)/s.exec(help)?.[1];
}

function variableOf(name: string): string {
  return `PIP_${name.toUpperCase().replaceAll("-", "_")}`;
}

function endOf({ ending, exit }: Execution): string {
  return ending === "exited" ? `exit code ${exit}` : ending;
}
