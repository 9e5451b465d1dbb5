import { posix } from "node:path";
import { brewPlatforms } from "#src/domain/formula/brew-platform";
import { FormulaError } from "#src/domain/formula/formula-error";
import { formulaOn } from "#src/domain/formula/formula-on";
import { readFormula } from "#src/domain/formula/read-formula";
import { question } from "#src/domain/question";
import { sameVersion } from "#src/domain/version-order";
import { archiveQuestion, broken, type Candidate, judgeNamed, type Opening, type OpeningPolicy } from "../opening.ts";

const what = "a formula";

/**
 * Opens a formula that the build has written: it is read for certain, states the released version wherever it states one, and
 * is the file of a channel. What it downloads is held against the archives by publish-verify, in the mode alignment.
 */
export function openFormula({ name: file, path, bytes }: Candidate, { release, packages }: OpeningPolicy): Opening {
  try {
    const formula = readFormula(new TextDecoder().decode(bytes));
    const said = brewPlatforms.map((machine) => formulaOn(formula, machine));
    const downloads = said.filter(({ url }) => url !== undefined);
    if (downloads.length === 0) throw new FormulaError(1, "expected a url for some machine, found none");
    const versions = new Set(downloads.flatMap(({ version }) => version?.text ?? []));
    const ask = question(`version:${file}`, `${file} states the released version`);
    const other = [...versions].filter((version) => !sameVersion(version, release.version));
    const checks = [
      archiveQuestion(file, what).pass(`downloads for ${downloads.length} of ${brewPlatforms.length} machines`),
      other.length === 0
        ? ask.pass([...versions].join(", ") || "it leaves the version to its addresses")
        : ask.fail("build.version-mismatch", `expected ${release.version}, found ${other.join(", ")}`),
      judgeNamed(question(`identity:${file}`, `${file} is the formula of a channel`), {
        ...{ found: posix.basename(path), wanted: packages, channel: "homebrew" },
      }),
    ];
    return { package: posix.basename(path, ".rb"), platform: null, registry: null, checks };
  } catch (thrown) {
    if (thrown instanceof FormulaError) return broken(file, what, thrown);
    throw thrown;
  }
}
