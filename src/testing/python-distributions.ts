import { gzipSync } from "node:zlib";
import { tarOf } from "#src/testing/tarball";
import { zipOf } from "#src/testing/zip";

/** A Python package to pack by hand: no build tool is needed for bytes that pip takes. */
export interface TestProject {
  name: string;
  version: string;
  /** What its one module holds. */
  code?: string;
  requires?: string[];
  /** Extras by name, each with what it requires. */
  extras?: Record<string, string[]>;
  /** Commands by name, each as `module:function`. */
  programs?: Record<string, string>;
}

/** A file that could be uploaded. */
export interface TestDistribution {
  filename: string;
  filetype: "bdist_wheel" | "sdist";
  bytes: Uint8Array;
}

/** Packs a wheel of one module. */
export function wheelOf(project: TestProject): TestDistribution {
  const { name, version, code = "", programs = {} } = project;
  const base = `${name}-${version}`;
  const points = Object.entries(programs).map(([command, place]) => `${command} = ${place}\n`);
  const files = {
    [`${name}.py`]: code,
    [`${base}.dist-info/METADATA`]: metadataOf(project),
    [`${base}.dist-info/entry_points.txt`]: `[console_scripts]\n${points.join("")}`,
    [`${base}.dist-info/WHEEL`]: "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
  };
  const record = [...Object.keys(files), `${base}.dist-info/RECORD`].map((path) => `${path},,\n`).join("");
  const bytes = zipOf({ ...files, [`${base}.dist-info/RECORD`]: record });
  return { filename: `${base}-py3-none-any.whl`, filetype: "bdist_wheel", bytes };
}

/** Packs a source distribution of one module. */
export function sdistOf(project: TestProject): TestDistribution {
  const { name, version, code = "" } = project;
  const folder = `${name}-${version}`;
  const files = [
    { path: `${folder}/PKG-INFO`, content: metadataOf(project) },
    { path: `${folder}/${name}.py`, content: code },
  ];
  return { filename: `${folder}.tar.gz`, filetype: "sdist", bytes: gzipSync(tarOf(files)) };
}

function metadataOf({ name, version, requires = [], extras = {} }: TestProject): string {
  const optional = Object.entries(extras).map(([extra, needs]) =>
    [`Provides-Extra: ${extra}\n`, ...needs.map((one) => `Requires-Dist: ${one}; extra == "${extra}"\n`)].join(""),
  );
  const wanted = [...requires.map((one) => `Requires-Dist: ${one}\n`), ...optional].join("");
  return `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\nSummary: a test\n${wanted}`;
}

/** Uploads by the legacy protocol, as twine does, to where the variables of a publisher point. */
export function uploadDistribution(
  { filename, filetype, bytes }: TestDistribution,
  { name, version }: TestProject,
  publisher: Record<string, string>,
): Promise<Response> {
  const { TWINE_USERNAME: user, TWINE_PASSWORD: password, TWINE_REPOSITORY_URL: address = "" } = publisher;
  const form = new FormData();
  const fields = { ":action": "file_upload", protocol_version: "1", name, version, filetype };
  for (const [field, value] of Object.entries(fields)) form.set(field, value);
  form.set("content", new Blob([new Uint8Array(bytes)]), filename);
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
  return fetch(address, { method: "POST", headers: { authorization }, body: form });
}
