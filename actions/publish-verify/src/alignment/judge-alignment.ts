import { compareFormula, type Mismatch, type Wanted } from "#src/domain/formula/compare-formula";
import { FormulaError } from "#src/domain/formula/formula-error";
import type { WantedFormula } from "#src/domain/formula/wanted-formula";
import { type Question, question } from "#src/domain/question";
import type { Mode } from "#src/domain/release";
import type { Check } from "#src/domain/verdict";
import type { FormulaSighting } from "#src/ports/formula-source";
import type { FormulaPolicy } from "./formula-policy.ts";

/** A formula as it was found, with what it must say. */
export interface FormulaSeen {
  channel: FormulaPolicy;
  mode: Mode;
  sighting: FormulaSighting;
  wanted: WantedFormula & Wanted;
}

/** What was found about a formula: the checks, and every place at which it says something else. */
export interface Alignment {
  checks: Check[];
  mismatches: Mismatch[];
}

/**
 * Judges whether a formula says what was built. Every mismatch is told at once. A formula of an earlier version blocks the
 * publication, and is reported only in a rehearsal, which has nothing to show that it could be aligned with.
 */
export function judgeAlignment(seen: FormulaSeen): Alignment {
  const { channel, sighting, wanted } = seen;
  const ask = question(`${channel.id}:formula`, `The formula of ${channel.id} is read for certain`, channel.required);
  const complaints = wanted.complaints.map(({ code, because }, at) =>
    question(`${channel.id}:wanted-${at + 1}`, `It is known what ${channel.id} must say`, channel.required).fail(
      code,
      because,
    ),
  );
  if (sighting.seen === "unknown") return alone(complaints, ask.unsure("publish.remote-unknown", sighting.because));
  if (sighting.seen === "absent") return alone(complaints, ask.fail("publish.formula-unreadable", sighting.because));
  const mismatches = mismatchesIn(sighting.text, wanted);
  if (mismatches instanceof FormulaError) {
    return alone(complaints, ask.fail("publish.formula-unreadable", `${channel.formula}, ${mismatches.message}`));
  }
  const readable = ask.pass(`${channel.formula} at ${sighting.commit}`, [sighting.commit]);
  return { checks: [readable, ...complaints, ...mismatchChecks(seen, mismatches)], mismatches };
}

function alone(complaints: Check[], check: Check): Alignment {
  return { checks: [check, ...complaints], mismatches: [] };
}

function mismatchesIn(text: string, wanted: Wanted): Mismatch[] | FormulaError {
  try {
    return compareFormula(text, wanted);
  } catch (thrown) {
    if (thrown instanceof FormulaError) return thrown;
    throw thrown;
  }
}

function mismatchChecks({ channel, mode, wanted }: FormulaSeen, mismatches: Mismatch[]): Check[] {
  const stale = mismatches.some(({ code }) => code === "publish.formula-stale");
  const decides = channel.required && !(stale && mode === "rehearsal");
  const ask = (name: string, required: boolean): Question =>
    question(`${channel.id}:${name}`, `The formula of ${channel.id} says what was built`, required);
  const groups = Map.groupBy(mismatches, (one) => `${one.code} ${one.decides}`);
  const against = [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const because = group.map(toldOf).join("; ");
    const name = `${first.code.slice("publish.".length)}${first.decides ? "" : "-extra"}`;
    return [ask(name, decides && first.decides).fail(first.code, because)];
  });
  if (mismatches.some((one) => one.decides)) return against;
  const named = wanted.downloads.map(({ platform }) => platform).join(", ");
  return [
    ask("aligned", channel.required).pass(`version, addresses and digests for ${named || "no platform"}`),
    ...against,
  ];
}

function toldOf({ platform, field, expected, found }: Mismatch): string {
  return `${platform}: expected ${field} ${expected}, found ${found}`;
}
