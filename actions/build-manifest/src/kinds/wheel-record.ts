import { createHash } from "node:crypto";

/** Algorithms that the format allows in `RECORD`: SHA-256 or better. */
const algorithms = new Set(["sha256", "sha384", "sha512"]);

/** Lists what differs between a wheel's files and its `RECORD`: other digests or sizes, files missing there or here. */
export function recordComplaints(files: Map<string, Uint8Array>, folder: string): string[] {
  const record = files.get(`${folder}/RECORD`);
  if (!record) return [`expected ${folder}/RECORD in the wheel, found none`];
  const rows = csvRows(new TextDecoder().decode(record));
  const exempt = new Set(["RECORD", "RECORD.jws", "RECORD.p7s"].map((name) => `${folder}/${name}`));
  const listed = new Set(rows.map(([path]) => path));
  return [
    ...[...files.keys()]
      .filter((path) => !listed.has(path) && !exempt.has(path))
      .map((path) => `expected ${path} in RECORD, found none`),
    ...rows.flatMap((row) => (exempt.has(row[0] ?? "") ? [] : rowComplaint(row, files))),
  ];
}

function rowComplaint([path = "", digest = "", size = ""]: string[], files: Map<string, Uint8Array>): string[] {
  const content = files.get(path);
  if (!content) return [`expected ${path} in the wheel as RECORD says, found none`];
  const [algorithm = "", value = ""] = digest.split("=");
  if (!algorithms.has(algorithm)) return [`expected a digest of ${path} in RECORD, found ${digest || "none"}`];
  const found = createHash(algorithm).update(content).digest("base64url");
  if (value.replace(/=+$/, "") !== found) return [`expected ${path} with ${digest}, found ${algorithm}=${found}`];
  const differs = size !== "" && size !== String(content.byteLength);
  return differs ? [`expected ${size} bytes of ${path}, found ${content.byteLength}`] : [];
}

/** Reads rows of CSV as Python's writer makes them: fields in quotes double the quotes within. */
function csvRows(text: string): string[][] {
  const lines = text.split(/\r?\n/).filter((line) => line !== "");
  return lines.map((line) =>
    [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain = ""]) =>
      quoted === undefined ? plain : quoted.replaceAll('""', '"'),
    ),
  );
}
