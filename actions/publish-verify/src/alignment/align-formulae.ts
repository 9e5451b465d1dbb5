import { requireBuiltFiles } from "#src/domain/build-manifest-reading";
import { Failure } from "#src/domain/failure";
import { correctFormula } from "#src/domain/formula/correct-formula";
import { wantedFormula } from "#src/domain/formula/wanted-formula";
import type { StageReport } from "#src/domain/report";
import { targetsOf } from "#src/domain/targets";
import type { FormulaFile } from "#src/ports/formula-file";
import type { FormulaSighting, FormulaSource } from "#src/ports/formula-source";
import { type Planned, requirePlan, type StageContext } from "#src/stage-context";
import { judgeTagRecord } from "../judge-tag-record.ts";
import { type AlignedFormula, alignmentReport } from "./alignment-report.ts";
import type { FormulaPolicy } from "./formula-policy.ts";
import { judgeAlignment } from "./judge-alignment.ts";
import { sumsFor } from "./sums-for.ts";

/** Where formulae are read, and the files that the job itself holds. `server` has no slash at its end. */
export interface AlignmentPorts {
  formulae: FormulaSource;
  file: FormulaFile;
  server: string;
}

/** The inputs of the mode: file of a formula that is corrected in place, and a list of checksums, both in the checkout. */
export interface AlignmentInputs {
  formula: string;
  checksums: string;
}

/**
 * Holds every formula of the configuration against what was built, before anything is published, and proposes what must
 * be corrected. Throws `all.evidence-missing` without a build, and `all.input-invalid` for a file of several formulae.
 */
export async function alignFormulae(
  given: AlignmentInputs,
  context: StageContext,
  ports: AlignmentPorts,
): Promise<StageReport> {
  const planned = requirePlan(context);
  const tag = judgeTagRecord(context);
  const channels = planned.config.channels.filter((channel) => channel.kind === "homebrew");
  if (given.formula !== "" && channels.length !== 1) throw severalFormulae(channels);
  const built = requireBuiltFiles(context.ledger, planned.release);
  const aligned = await Promise.all(
    (tag.result === "pass" ? channels : []).map(async (channel): Promise<AlignedFormula> => {
      const sums = await sumsFor(channel, { ledger: context.ledger, checksums: given.checksums, file: ports.file });
      const facts = {
        channel,
        release: planned.release,
        built,
        targets: targetsOf(planned.plan),
        server: ports.server,
      };
      const wanted = { ...wantedFormula({ ...facts, sums }), version: planned.release.version };
      return align(channel, { given, ports, planned, wanted });
    }),
  );
  return alignmentReport(tag, aligned);
}

interface Scene {
  given: AlignmentInputs;
  ports: AlignmentPorts;
  planned: Planned;
  wanted: ReturnType<typeof wantedFormula> & { version: string };
}

async function align(channel: FormulaPolicy, { given, ports, planned, wanted }: Scene): Promise<AlignedFormula> {
  const { mode } = planned.release;
  const local = given.formula !== "";
  const sighting = local
    ? await held(given.formula, ports.file)
    : await ports.formulae.read(channel.tap, channel.formula);
  const found = judgeAlignment({ channel, mode, sighting, wanted });
  const open = found.mismatches.some(({ decides }) => decides) && wanted.complaints.length === 0;
  if (sighting.seen !== "served" || !open) return { channel, ...found, correction: undefined, written: false };
  const correction = correctFormula(local ? given.formula : channel.formula, sighting.text, wanted);
  if (!local || mode === "rehearsal" || "because" in correction)
    return { channel, ...found, correction, written: false };
  await ports.file.write(given.formula, correction.text);
  const again = judgeAlignment({ channel, mode, sighting: await held(given.formula, ports.file), wanted });
  return { channel, checks: again.checks, mismatches: found.mismatches, correction, written: true };
}

async function held(path: string, file: FormulaFile): Promise<FormulaSighting> {
  const text = await file.read(path);
  if (text === undefined) return { seen: "absent", because: `no file ${path} in the checkout` };
  return { seen: "served", commit: "the checkout", text };
}

function severalFormulae(channels: FormulaPolicy[]): Failure {
  return new Failure({
    kind: "input",
    code: "all.input-invalid",
    message: `expected one channel of kind homebrew for the input formula, found ${channels.map(({ id }) => id).join(", ") || "none"}`,
    hint: "Leave the input out, so that each formula is read from its tap.",
  });
}
