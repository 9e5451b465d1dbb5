import { stripVTControlCharacters } from "node:util";
import type { ExpectationPolicy } from "#src/contract/config/smoke-expectations";
import { canonicalJson } from "#src/domain/digest";
import { followPointer } from "#src/domain/json-pointer";
import { parseJson } from "#src/domain/parse-json";
import { searchInTime } from "#src/domain/search-in-time";
import type { Change } from "#src/domain/snapshot";
import { containsVersion } from "#src/domain/version-token";
import { filesOf } from "./scenario-steps.ts";
import type { FileContents, Finding } from "./trial.ts";

/** Judges what the command printed: every expected text, and the version as a whole token. Terminal codes do not count. */
export function judgeOutput(expect: ExpectationPolicy, output: string, version: string): Finding[] {
  const plain = stripVTControlCharacters(output);
  const absent = expect["output-contains"].filter((text) => !plain.includes(text));
  const findings = absent.map((text) =>
    failed(`expected the output to contain ${JSON.stringify(text)}, found it nowhere`),
  );
  if (!expect.version || containsVersion(plain, version)) return findings;
  const because = `expected the output to name ${version} as a whole token, found it nowhere`;
  return [...findings, { code: "smoke.wrong-version", class: "product", because }];
}

/** Judges what the command left in files: each expected one is there, and the last JSON line holds each expected value. */
export function judgeFiles(expect: ExpectationPolicy, files: FileContents): Finding[] {
  const absent = expect.files.filter((path) => files.get(path) === undefined);
  return [
    ...absent.map((path) => failed(`expected the file ${path}, found none`)),
    ...expect["json-lines"].flatMap((line) => judgeLastLine(line, files.get(line.file))),
    ...expect.sequences.flatMap((sequence) => judgeSequence(sequence, files.get(sequence.file))),
  ];
}

/** Judges that the command wrote the files it is judged by: one that lay there before says nothing about the product. */
export function judgeWritten(
  expect: ExpectationPolicy,
  { files, changes }: { files: FileContents; changes: Change[] },
): Finding[] {
  const written = new Set(changes.filter(({ change }) => change !== "removed").map(({ path }) => path));
  return filesOf(expect)
    .filter((path) => files.get(path) !== undefined && !written.has(path))
    .map((path) => failed(`expected the command to write ${path}, found it as it was before`));
}

/** Judges that the product used the model that it was told to: a name that was replaced in silence is a finding of its own. */
export function judgeModels(
  { models }: ExpectationPolicy,
  { files, parameters }: { files: FileContents; parameters: ReadonlyMap<string, string> },
): Finding[] {
  return models.flatMap(({ file, pointer, parameter }) => {
    const equals = parameters.get(parameter) ?? `a value of ${parameter}, which the scenario does not use`;
    return judgeLastLine({ file, pointer, equals }, files.get(file)).map((finding) => ({
      ...finding,
      code: "smoke.model-substituted" as const,
    }));
  });
}

function judgeSequence(
  { file, pointer, equals }: ExpectationPolicy["sequences"][number],
  bytes: Uint8Array | undefined,
): Finding[] {
  const wanted = `${canonicalJson(equals)} at ${JSON.stringify(pointer)} in the lines of ${file}`;
  if (!bytes) return [failed(`expected ${wanted}, found no such file`)];
  const lines = new TextDecoder().decode(bytes).trimEnd().split("\n");
  const found = lines.map((line) => followPointer(parseJson(line), pointer)?.value ?? null);
  if (canonicalJson(found) === canonicalJson(equals)) return [];
  return [failed(`expected ${wanted}, found ${canonicalJson(found)}`)];
}

function judgeLastLine(
  { file, pointer, equals, matches }: ExpectationPolicy["json-lines"][number],
  bytes: Uint8Array | undefined,
): Finding[] {
  const wanted = `${matches === undefined ? canonicalJson(equals) : `a text that matches ${matches}`} at ${JSON.stringify(pointer)} in the last line of ${file}`;
  if (!bytes) return [failed(`expected ${wanted}, found no such file`)];
  const last = new TextDecoder().decode(bytes).trimEnd().split("\n").at(-1) ?? "";
  const pointed = followPointer(parseJson(last), pointer);
  if (!pointed || pointed.value === undefined) return [failed(`expected ${wanted}, found nothing there`)];
  const found = canonicalJson(pointed.value);
  const holds = matches === undefined ? found === canonicalJson(equals) : isMatch(matches, pointed.value);
  return holds ? [] : [failed(`expected ${wanted}, found ${found}`)];
}

function isMatch(pattern: string, value: unknown): boolean {
  return typeof value === "string" && searchInTime("`matches`", () => new RegExp(pattern, "u").test(value));
}

function failed(because: string): Finding {
  return { code: "smoke.case-failed", class: "product", because };
}
