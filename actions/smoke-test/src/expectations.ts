import { stripVTControlCharacters } from "node:util";
import type { ExpectationPolicy, ScenarioPolicy } from "#src/contract/config/smoke";
import { canonicalJson } from "#src/domain/digest";
import { followPointer } from "#src/domain/json-pointer";
import { parseJson } from "#src/domain/parse-json";
import { containsVersion } from "#src/domain/version-token";
import type { Execution } from "#src/ports/shell";
import type { Aftermath, Finding } from "./trial.ts";

/** Tells whether a scenario could fail for a reason of its own: it states at least one expectation. */
export function hasOracle({ exit, version, files, ...lists }: ExpectationPolicy): boolean {
  return (
    exit !== undefined || version || files.length + lists["output-contains"].length + lists["json-lines"].length > 0
  );
}

/** Lists the files of the workspace that the expectations speak of. */
export function expectedFiles({ files, "json-lines": lines }: ExpectationPolicy): string[] {
  return [...new Set([...files, ...lines.map(({ file }) => file)])];
}

/** Judges how the command ended: in its time, with the expected exit code. */
export function judgeEnding({ expect, timeout }: ScenarioPolicy, { ending, exit, output }: Execution): Finding[] {
  const wanted = expect.exit ?? 0;
  switch (ending) {
    case "not-started":
      return [
        { code: "smoke.harness-failed", class: "harness", because: `expected the command to start, found: ${output}` },
      ];
    case "timed-out":
    case "idle":
      return [
        {
          code: "smoke.hung",
          class: "product",
          because: `expected it to end within ${timeout}, found it running; it was stopped`,
        },
      ];
    case "signalled":
      return [failed(`expected exit code ${wanted}, found the command ended by a signal`)];
    case "exited":
      return exit === wanted ? [] : [failed(`expected exit code ${wanted}, found ${exit}`)];
  }
}

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
export function judgeFiles(expect: ExpectationPolicy, { files }: Pick<Aftermath, "files">): Finding[] {
  const absent = expect.files.filter((path) => files.get(path) === undefined);
  return [
    ...absent.map((path) => failed(`expected the file ${path}, found none`)),
    ...expect["json-lines"].flatMap((line) => judgeLastLine(line, files.get(line.file))),
  ];
}

/** Judges that the command wrote the files it is judged by: one that lay there before says nothing about the product. */
export function judgeWritten(expect: ExpectationPolicy, { files, workspace }: Aftermath): Finding[] {
  const written = new Set(workspace.filter(({ change }) => change !== "removed").map(({ path }) => path));
  return expectedFiles(expect)
    .filter((path) => files.get(path) !== undefined && !written.has(path))
    .map((path) => failed(`expected the command to write ${path}, found it as it was before`));
}

function judgeLastLine(
  { file, pointer, equals }: ExpectationPolicy["json-lines"][number],
  bytes: Uint8Array | undefined,
): Finding[] {
  const wanted = `${canonicalJson(equals)} at ${JSON.stringify(pointer)} in the last line of ${file}`;
  if (!bytes) return [failed(`expected ${wanted}, found no such file`)];
  const last = new TextDecoder().decode(bytes).trimEnd().split("\n").at(-1) ?? "";
  const pointed = followPointer(parseJson(last), pointer);
  if (!pointed || pointed.value === undefined) return [failed(`expected ${wanted}, found nothing there`)];
  const found = canonicalJson(pointed.value);
  return found === canonicalJson(equals) ? [] : [failed(`expected ${wanted}, found ${found}`)];
}

function failed(because: string): Finding {
  return { code: "smoke.case-failed", class: "product", because };
}
