import * as z from "zod";
import type { GateOf } from "#src/contract/config/gates";
import { type Severity, severityOf } from "#src/domain/cvss";
import { type Advisory, readDocuments, type Scan } from "./scan.ts";

type Format = GateOf<"advisories">["format"];

const severities = new Map<string, Severity>([
  ["info", "none"],
  ["low", "low"],
  ["moderate", "moderate"],
  ["high", "high"],
  ["critical", "critical"],
]);

const npmAudit = z.object({
  auditReportVersion: z.literal(2),
  vulnerabilities: z.record(
    z.string(),
    z.object({
      via: z.array(
        z.union([
          z.string(),
          z.object({
            source: z.number(),
            name: z.string(),
            title: z.string().default(""),
            url: z.string().default(""),
            severity: z.string(),
          }),
        ]),
      ),
    }),
  ),
  metadata: z.object({ dependencies: z.object({ total: z.int().nonnegative() }) }),
});

const rustAdvisory = z.object({
  id: z.string().min(1),
  title: z.string().default(""),
  aliases: z.array(z.string()).default([]),
  cvss: z.string().nullish(),
});
const cargoAudit = z.object({
  database: z.object({ "last-updated": z.string().nullish() }),
  lockfile: z.object({ "dependency-count": z.int().nonnegative() }),
  vulnerabilities: z.object({
    count: z.int().nonnegative(),
    list: z.array(z.object({ advisory: rustAdvisory, package: z.object({ name: z.string(), version: z.string() }) })),
  }),
});

const pipDependency = z.union([
  z.object({ name: z.string(), skip_reason: z.string() }),
  z.object({
    name: z.string(),
    version: z.string(),
    vulns: z.array(z.object({ id: z.string().min(1), aliases: z.array(z.string()).default([]) })),
  }),
]);
const pipAudit = z.object({ dependencies: z.array(pipDependency) });

const goMessage = z.object({
  config: z
    .object({
      protocol_version: z.string(),
      scan_level: z.string().optional(),
      db_last_modified: z.iso.datetime({ offset: true }).optional(),
    })
    .optional(),
  osv: z
    .object({ id: z.string(), summary: z.string().default(""), aliases: z.array(z.string()).default([]) })
    .optional(),
  finding: z
    .object({
      osv: z.string().min(1),
      trace: z.array(z.object({ module: z.string(), function: z.string().optional() })).min(1),
    })
    .optional(),
});

const readers: Record<Format, (documents: unknown[]) => Scan> = {
  "npm-audit": ([document]) => ofNpm(npmAudit.parse(document)),
  "cargo-audit": ([document]) => ofCargo(cargoAudit.parse(document)),
  "pip-audit": ([document]) => ofPip(pipAudit.parse(document)),
  govulncheck: (documents) => ofGo(documents.map((document) => goMessage.parse(document))),
};

/** Reads a tool's output. Throws `RangeError` for what is not exactly one output of that tool. */
export function readScan(format: Format, text: string): Scan {
  const documents = readDocuments(text);
  if (format !== "govulncheck" && documents.length !== 1) {
    throw new RangeError(`expected one JSON document of ${format}, found ${documents.length}`);
  }
  try {
    return readers[format](documents);
  } catch (thrown) {
    if (thrown instanceof z.ZodError) throw new RangeError(`expected JSON of ${format}, found ${said(thrown)}`);
    throw thrown;
  }
}

/** Each advisory stands as an object under the package that it is about; others name that package only. */
function ofNpm({ vulnerabilities, metadata }: z.infer<typeof npmAudit>): Scan {
  const found = new Map<string, Advisory>();
  for (const { via } of Object.values(vulnerabilities)) {
    for (const cause of via) {
      if (typeof cause === "string") continue;
      const { source, name, title, url, severity } = cause;
      const id = /(GHSA(?:-[0-9a-z]{4}){3})\/?$/.exec(url)?.[1] ?? String(source);
      found.set(`${id} ${name}`, {
        id,
        aliases: [String(source)],
        dependency: name,
        title,
        severity: severities.get(severity),
      });
    }
  }
  if (found.size === 0 && Object.keys(vulnerabilities).length > 0) {
    throw new RangeError("expected advisories behind the vulnerable packages, found none");
  }
  return { advisories: [...found.values()], assessed: metadata.dependencies.total, unassessed: [], database: "live" };
}

function ofCargo({ database, lockfile, vulnerabilities }: z.infer<typeof cargoAudit>): Scan {
  if (vulnerabilities.count !== vulnerabilities.list.length) {
    throw new RangeError(`expected ${vulnerabilities.count} vulnerabilities, found ${vulnerabilities.list.length}`);
  }
  const advisories = vulnerabilities.list.map(
    ({ advisory: { id, title, aliases, cvss }, package: { name, version } }) => ({
      id,
      title,
      aliases,
      dependency: `${name} ${version}`,
      severity: severityOf(cvss ?? ""),
    }),
  );
  const updated = database["last-updated"];
  return {
    advisories,
    assessed: lockfile["dependency-count"],
    unassessed: [],
    database: updated ? instant(updated) : undefined,
  };
}

function ofPip({ dependencies }: z.infer<typeof pipAudit>): Scan {
  const advisories = dependencies.flatMap((dependency) =>
    "vulns" in dependency
      ? dependency.vulns.map(({ id, aliases }) => ({
          id,
          aliases,
          title: "",
          dependency: `${dependency.name} ${dependency.version}`,
          severity: undefined,
        }))
      : [],
  );
  const unassessed = dependencies.flatMap((dependency) => ("vulns" in dependency ? [] : [dependency.name]));
  return { advisories, assessed: dependencies.length - unassessed.length, unassessed, database: "live" };
}

/** At the level of symbols, a finding without a function says that the vulnerable code is never called. */
function ofGo(messages: z.infer<typeof goMessage>[]): Scan {
  const config = messages[0]?.config;
  if (!config)
    throw new RangeError("expected the scanner's configuration as the first message of govulncheck, found none");
  const known = new Map(messages.flatMap(({ osv }) => (osv ? [[osv.id, osv] as const] : [])));
  const bySymbol = (config.scan_level ?? "symbol") === "symbol";
  const found = new Map<string, Advisory>();
  for (const { finding } of messages) {
    const [first] = finding?.trace ?? [];
    if (!finding || !first || (bySymbol && first.function === undefined)) continue;
    const { summary = "", aliases = [] } = known.get(finding.osv) ?? {};
    found.set(finding.osv, { id: finding.osv, aliases, title: summary, dependency: first.module, severity: undefined });
  }
  const modified = config.db_last_modified;
  return {
    advisories: [...found.values()],
    assessed: undefined,
    unassessed: [],
    database: modified === undefined ? undefined : instant(modified),
  };
}

function instant(text: string): Date {
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) throw new RangeError(`expected an instant, found ${text.slice(0, 40)}`);
  return date;
}

function said({ issues }: z.ZodError): string {
  return issues
    .slice(0, 3)
    .map(({ path, message }) => `${path.join(".") || "(document)"}: ${message}`)
    .join("; ");
}
