import type { ProvenancePolicy } from "#src/contract/config/provenance";
import { lines } from "#src/contract/fields";
import type { BuiltFile } from "#src/domain/build-manifest";
import { Failure } from "#src/domain/failure";
import { parseJson } from "#src/domain/parse-json";
import type { Attestations, BundleFinding } from "#src/ports/attestations";
import type { BuiltFiles } from "#src/ports/built-files";
import type { AttestationFacts } from "./facts.ts";

/** Who is asked about signed statements, and what was handed in: files with bundles, and one with trusted roots. */
export interface AttestationPorts {
  attestations: Attestations;
  files: Pick<BuiltFiles, "matching">;
  serverUrl: string;
  given: { attestations: string; "trusted-root": string };
}

/** Gathers and verifies the bundles about the built files: those that were handed in, and those that the server holds. */
export async function gatherAttestations(
  policy: ProvenancePolicy | undefined,
  files: BuiltFile[],
  ports: AttestationPorts,
): Promise<AttestationFacts> {
  const { serverUrl, given, attestations } = ports;
  const signed = files.filter(({ kind }) => kind !== "git-tree");
  const handed = await Promise.all(lines(given.attestations).map((line) => readDocuments(line, "attestations", ports)));
  const asked = policy?.attestations?.from === "server" ? signed.map(({ sha256 }) => sha256) : [];
  const served = await Promise.all([...new Set(asked)].map((sha256) => attestations.find(sha256)));
  const bundles = [...handed, ...served].flat();
  const roots = (
    await Promise.all(lines(given["trusted-root"]).map((line) => readDocuments(line, "trusted-root", ports)))
  ).flat();
  const findings: BundleFinding[] = [];
  for (const bundle of bundles) findings.push(await attestations.verify(bundle, roots));
  return { serverUrl, roots: roots.length, bundles: findings };
}

/** Reads a file of one JSON document, or of one a line, as the usual tools write bundles and roots. */
async function readDocuments(pattern: string, input: string, { files }: AttestationPorts): Promise<unknown[]> {
  const found = (await files.matching(pattern)).filter(({ regular, unread }) => regular && unread === undefined);
  const documents = found.flatMap(({ bytes }) => parseDocuments(new TextDecoder().decode(bytes)));
  if (documents.length > 0 && documents.every((one) => one !== undefined)) return documents;
  throw new Failure({
    kind: "input",
    code: "all.input-invalid",
    message: `expected files of JSON for ${pattern} (input ${input}), found ${found.length === 0 ? "none" : "another text"}`,
    hint: "Name a file inside the checkout, such as the output `bundle-path` of the step that attests.",
  });
}

function parseDocuments(text: string): unknown[] {
  const whole = parseJson(text);
  return whole === undefined ? lines(text).map((line) => parseJson(line)) : [whole];
}
