const block = 512;

/** Packs texts as a tar archive that is the same whenever and wherever it is packed: no time, no owner, sorted names. */
export function packTar(files) {
  const names = [...files.keys()].sort();
  const folders = [...new Set(names.flatMap(parents))].sort();
  const entries = [
    ...folders.map((name) => [header({ name, mode: "755", size: 0, type: "5" })]),
    ...names.map((name) => {
      const content = Buffer.from(files.get(name));
      const padding = Buffer.alloc((block - (content.length % block)) % block);
      return [header({ name, mode: "644", size: content.length, type: "0" }), content, padding];
    }),
  ];
  return Buffer.concat([...entries.flat(), Buffer.alloc(2 * block)]);
}

function parents(name) {
  const steps = name.split("/").slice(0, -1);
  return steps.map((_step, depth) => `${steps.slice(0, depth + 1).join("/")}/`);
}

/** A header of POSIX ustar; its checksum counts its own field as blanks. */
function header({ name, mode, size, type }) {
  if (Buffer.byteLength(name) > 100) throw new RangeError(`expected a path of at most 100 bytes, found ${name}`);
  const bytes = Buffer.alloc(block);
  const octal = (value, width) => value.toString(8).padStart(width - 1, "0");
  bytes.write(name, 0);
  bytes.write(mode.padStart(7, "0"), 100);
  for (const offset of [108, 116]) bytes.write(octal(0, 8), offset);
  bytes.write(octal(size, 12), 124);
  bytes.write(octal(0, 12), 136);
  bytes.write(" ".repeat(8), 148);
  bytes.write(type, 156);
  bytes.write("ustar\u000000", 257, "latin1");
  const sum = bytes.reduce((total, byte) => total + byte, 0);
  bytes.write(`${octal(sum, 7)}\u0000 `, 148, "latin1");
  return bytes;
}
