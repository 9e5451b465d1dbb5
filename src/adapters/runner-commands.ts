import { randomUUID } from "node:crypto";
import { appendFileSync, existsSync } from "node:fs";
import { EOL } from "node:os";

/** What the runner is told, by the commands and files of its protocol; texts are escaped, so that none can give a command of its own. */
export const runner = {
  /** Keeps a text out of every later log. */
  mask: (secret: string) => command("add-mask", secret),

  /** Sets an output of the step. */
  output(name: string, value: string): void {
    if (process.env.GITHUB_OUTPUT) appendOutput(name, value);
    else {
      process.stdout.write(EOL);
      command("set-output", value, { name });
    }
  },

  /** Writes a line into the step's log. */
  say(text: string): void {
    process.stdout.write(`${text}${EOL}`);
  },

  warn: (text: string, title?: string) => command("warning", text, title === undefined ? {} : { title }),

  fail: (text: string, title: string) => command("error", text, { title }),

  /** Adds Markdown to the page of the run. Throws where the runner offers none. */
  summarise(markdown: string): void {
    append("GITHUB_STEP_SUMMARY", `${markdown}${EOL}`);
  },
};

/** A value of several lines ends at a line that nobody can guess. */
function appendOutput(name: string, value: string): void {
  const end = `ghadelimiter_${randomUUID()}`;
  append("GITHUB_OUTPUT", `${name}<<${end}${EOL}${value}${EOL}${end}${EOL}`);
}

function append(variable: string, text: string): void {
  const path = process.env[variable];
  if (!path || !existsSync(path)) throw new Error(`expected the runner's file of ${variable}, found none`);
  appendFileSync(path, text);
}

function command(name: string, text: string, properties: Record<string, string> = {}): void {
  const told = Object.entries(properties).map(([key, value]) => ` ${key}=${escapeProperty(value)}`);
  process.stdout.write(`::${name}${told.join("")}::${escapeText(text)}${EOL}`);
}

function escapeText(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeText(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
