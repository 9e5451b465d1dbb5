import { stripVTControlCharacters } from "node:util";
import { liesWithin } from "#src/domain/snapshot";
import { sameVersion } from "#src/domain/version-order";
import { containsVersion } from "#src/domain/version-token";
import { classifyTrouble, type Sign } from "./classify-trouble.ts";
import type { Finding, FoundProgram, Installation } from "./trial.ts";

/** Judges what was installed: the wanted package in the wanted version, whose programs lie inside it; or the wanted commit. */
export function judgeInstallation(installation: Installation, signs: Sign[] = []): Finding[] {
  switch (installation.kind) {
    case "none":
      return [];
    case "refused":
      return [installation.finding];
    case "trouble": {
      const { step, ended, said } = installation;
      const because = `expected the ${step} to succeed, found ${ended}`;
      return [{ code: "smoke.install-failed", class: classifyTrouble(said, signs), because }];
    }
    case "repository": {
      const { wanted, head } = installation;
      const because = `expected the clone on ${wanted}, found ${head}`;
      return head === wanted ? [] : [{ code: "smoke.wrong-binary", class: "product", because }];
    }
    case "build":
      return judgeBuild(installation);
    case "package":
      return judgePackage(installation);
  }
}

/** Judges that every program which the scenario calls is the installation's own, not one that the machine has anyway. */
export function judgePrograms(programs: FoundProgram[]): Finding[] {
  return programs
    .filter(({ inside }) => !inside)
    .map(({ name, path }) => wrong(`expected the program ${name} in the installation, found ${path ?? "none"}`));
}

function judgeBuild({ version, printed }: Extract<Installation, { kind: "build" }>): Finding[] {
  if (containsVersion(stripVTControlCharacters(printed), version)) return [];
  return [wrong(`expected the built program to print ${version} as a whole token, found it nowhere`)];
}

function judgePackage({ wanted, found }: Extract<Installation, { kind: "package" }>): Finding[] {
  if (found.name !== wanted.name) return [wrong(`expected the package ${wanted.name}, found ${found.name}`)];
  if (!sameVersion(found.version, wanted.version)) {
    const because = `expected ${wanted.name} ${wanted.version}, found ${found.version}`;
    return [{ code: "smoke.wrong-version", class: "product", because }];
  }
  const declared = found.backends ?? [];
  const absent = (wanted.backends ?? []).filter((backend) => !declared.includes(backend));
  if (absent.length > 0) {
    const because = `expected ${wanted.name} to declare ${absent.join(", ")}, found ${declared.join(", ") || "no backend"}`;
    return [{ code: "smoke.import-failed", class: "product", because }];
  }
  const home = found.within.join(" or ");
  if (!liesWithin(found.resolved, found.within)) {
    return [wrong(`expected ${wanted.name} in ${home}, found it in ${found.resolved}`)];
  }
  const foreign = found.programs.filter(({ resolved }) => !resolved || !liesWithin(resolved, found.within));
  return foreign.map(({ name, resolved }) =>
    wrong(`expected the program ${name} inside ${home}, found ${resolved ?? "nothing that can be run"}`),
  );
}

function wrong(because: string): Finding {
  return { code: "smoke.wrong-binary", class: "product", because };
}
