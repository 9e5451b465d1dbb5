import { parse as parseTomlText, TomlError } from "smol-toml";
import { parseDocument } from "yaml";
import type * as z from "zod";
import { followPointer } from "#src/domain/json-pointer";
import type { Found } from "../facts.ts";
import { statedVersion, unreadable } from "./reading.ts";

/** A text as a document, or in words why it is none. */
export type Parsed = { document: unknown } | { because: string };

/** Parses JSON; a byte order mark is left out. */
export function parseJson(text: string): Parsed {
  try {
    return { document: JSON.parse(text.replace(/^\uFEFF/, "")) };
  } catch {
    return { because: "not JSON" };
  }
}

/** Parses TOML 1.0. */
export function parseToml(text: string): Parsed {
  try {
    return { document: parseTomlText(text.replace(/^\uFEFF/, "")) };
  } catch (error) {
    return { because: error instanceof TomlError ? `not TOML: line ${error.line}` : "not TOML" };
  }
}

/** Parses YAML 1.2; keys that stand twice are refused. */
export function parseYaml(text: string): Parsed {
  const document = parseDocument(text, { uniqueKeys: true, prettyErrors: false });
  const [problem] = [...document.errors, ...document.warnings];
  if (problem) return { because: "not YAML" };
  try {
    return { document: document.toJS() };
  } catch {
    return { because: "aliases without bound" };
  }
}

/** Reads the version to which a JSON pointer leads. */
export function pointedVersion(parsed: Parsed, pointer: string): Found {
  if ("because" in parsed) return unreadable(parsed.because);
  return statedVersion(followPointer(parsed.document, pointer)?.value);
}

/** Writes keys that are joined by dots as a JSON pointer; a key in quotes may hold dots. */
export function pointerOf(key: string): string {
  const parts = [...key.matchAll(/"([^"]+)"|[^."]+/g)].map(([bare, quoted]) => quoted ?? bare);
  return parts.map((part) => `/${part.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

/** Fits a parsed document to a form; what does not fit is told in words. */
export function fitted<Form extends z.ZodType>(form: Form, parsed: Parsed): z.output<Form> | string {
  if ("because" in parsed) return parsed.because;
  const outcome = form.safeParse(parsed.document);
  return outcome.success ? outcome.data : "a value is of another type than expected";
}
