import { stripVTControlCharacters } from "node:util";
import { parseVersion } from "#src/domain/version";
import { compareVersions } from "#src/domain/version-order";
import type { Finding, Trial } from "./trial.ts";

const versionToken = /(?<![\w.+-])v?(\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?)(?![\w+-]|\.\w)/g;

/** Judges that a companion tool has its minimum version, by the first version that its command prints. */
export function judgeCompanion({ scenario, steps }: Trial): Finding[] {
  const [first] = steps;
  if (!scenario.companion || first?.facts.kind !== "command" || first.findings.length > 0) return [];
  const { minimum } = scenario.companion;
  const [printed] = [...stripVTControlCharacters(first.facts.execution.output).matchAll(versionToken)].map(
    ([, text = ""]) => text,
  );
  const [found, wanted] = [parseVersion(printed ?? ""), parseVersion(minimum)];
  if (found && wanted && compareVersions(found, wanted) >= 0) return [];
  const because = `expected a companion of version ${minimum} or later, found ${printed ?? "no version"}`;
  return [{ code: "smoke.companion", class: "product", because }];
}
