/** The commands in a step's output: `::name property=value::text`, also in their older form `##[name]text`. */
import type { Annotation } from "./contract.ts";
import type { Masks } from "./masks.ts";

/** What the commands of one step change. */
export interface CommandEffects {
  annotate(annotation: Annotation): void;
  setOutput(name: string, value: string): void;
  saveState(name: string, value: string): void;
  /** A command that fails the step. */
  fail(message: string): void;
  log(line: string): void;
}

const known = new Set(
  "add-mask error warning notice group endgroup debug stop-commands save-state set-output set-env add-path echo add-matcher remove-matcher".split(
    " ",
  ),
);

/** Reads the output of one step line by line; lines that are no commands are logged. */
export function createCommandReader(masks: Masks, effects: CommandEffects): (line: string) => void {
  let stopped: string | undefined;
  return (line) => {
    const trimmed = line.trim();
    if (stopped !== undefined) {
      if (trimmed === `::${stopped}::`) stopped = undefined;
      effects.log(line);
      return;
    }
    const command = parseCommand(trimmed);
    if (!command) {
      effects.log(line);
      return;
    }
    if (command.name === "stop-commands") {
      if (acceptableToken(command.value)) stopped = command.value;
      else effects.fail("Invalid token for stop-commands: it must not be empty, 'pause-logging' or a command name.");
      effects.log(line);
      return;
    }
    carryOut(command, masks, effects);
  };
}

interface Command {
  name: string;
  properties: Record<string, string>;
  value: string;
}

/** Parses a trimmed line as a registered command. */
function parseCommand(line: string): Command | undefined {
  const match = /^::([^\s:]+)(?: (.*?))?::(.*)$/s.exec(line) ?? /##\[([^\s\]]+)(?: (.*?))?\](.*)$/s.exec(line);
  const [, name, properties, value] = match ?? [];
  if (name === undefined || !known.has(name.toLowerCase())) return undefined;
  const pairs = (properties ?? "").split(/[,;]/).flatMap((pair) => {
    const equals = pair.indexOf("=");
    return equals > 0 ? [[pair.slice(0, equals).trim(), decode(pair.slice(equals + 1).trim(), true)]] : [];
  });
  return { name: name.toLowerCase(), properties: Object.fromEntries(pairs), value: decode(value ?? "", false) };
}

function decode(text: string, inProperty: boolean): string {
  const plain = text.replaceAll("%0D", "\r").replaceAll("%0A", "\n");
  const whole = inProperty ? plain.replaceAll("%3A", ":").replaceAll("%2C", ",") : plain;
  return whole.replaceAll("%25", "%");
}

function acceptableToken(token: string): boolean {
  return token !== "" && token !== "pause-logging" && !known.has(token.toLowerCase());
}

function carryOut({ name, properties, value }: Command, masks: Masks, effects: CommandEffects): void {
  switch (name) {
    case "add-mask":
      masks.add(value);
      effects.log("::add-mask::***");
      return;
    case "error":
    case "warning":
    case "notice":
      effects.annotate(annotationOf(name, properties, value));
      effects.log(`##[${name}]${value}`);
      return;
    case "set-output":
      effects.setOutput(properties.name ?? "", value);
      return;
    case "save-state":
      effects.saveState(properties.name ?? "", value);
      return;
    case "set-env":
    case "add-path":
      effects.fail(`The \`${name}\` command is disabled. Please upgrade to using Environment Files.`);
      return;
    case "add-matcher":
    case "remove-matcher":
      effects.annotate({ level: "warning", message: `Problem matchers are not emulated: ${name} has no effect here.` });
      return;
    case "debug":
    case "echo":
      // Shown by GitHub only when step debugging is on.
      return;
    default:
      effects.log(`##[${name}]${value}`);
  }
}

/** The length at which GitHub cuts the message of an annotation. */
const messageLimit = 4096;

function annotationOf(level: Annotation["level"], properties: Record<string, string>, value: string): Annotation {
  const annotation: Annotation = { level, message: value.slice(0, messageLimit) };
  if (properties.title) annotation.title = properties.title;
  if (properties.file) annotation.file = properties.file;
  for (const key of ["line", "endLine", "col", "endColumn"] as const) {
    const number = Number(properties[key]);
    if (Number.isInteger(number) && number > 0) annotation[key] = number;
  }
  return annotation;
}
