import { pythonVersion } from "#src/domain/python-names";

/** One line of the input `platform`: which names it speaks of, and the platform that it gives them. */
export interface PlatformRule {
  line: string;
  /** Tells the platform of a name; undefined where the rule does not speak of it. */
  platformOf(name: string, version: string): string | undefined;
}

/** Reads one line of the input `platform`; undefined for what is none. */
export function readPlatformRule(line: string): PlatformRule | undefined {
  const [left = "", right, ...more] = line.split("=").map((part) => part.trim());
  if (more.length > 0 || left === "" || right === "") return undefined;
  const holes = left.split("{platform}").length - 1;
  if (right !== undefined) {
    return holes === 0
      ? { line, platformOf: (name, version) => (nameForm(left, version).test(name) ? right : undefined) }
      : undefined;
  }
  if (holes > 1) return undefined;
  return holes === 1
    ? { line, platformOf: (name, version) => nameForm(left, version).exec(name)?.groups?.platform }
    : { line, platformOf: () => left };
}

/** Names are data: `*` stands for any characters, `{version}` for the release's version, also as Python spells it. */
function nameForm(pattern: string, version: string): RegExp {
  const versions = [version, pythonVersion(version) ?? version].map(literal).join("|");
  const parts = pattern.split(/(\*|\{version\}|\{platform\})/).map((part) => {
    if (part === "*") return ".*";
    if (part === "{version}") return `(?:${versions})`;
    return part === "{platform}" ? "(?<platform>.+)" : literal(part);
  });
  return new RegExp(`^${parts.join("")}$`);
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}
