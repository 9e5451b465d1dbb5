/** Lays out the beginning of an ELF program: its header, and one program header that names an interpreter. */
export function elfProgram({ wide = true, little = true, type = 2, segment = 3 } = {}): Uint8Array {
  const bytes = new Uint8Array(128);
  const view = new DataView(bytes.buffer);
  const at = wide ? 64 : 52;
  bytes.set([0x7f, 0x45, 0x4c, 0x46, wide ? 2 : 1, little ? 1 : 2]);
  view.setUint16(16, type, little);
  if (wide) view.setBigUint64(32, BigInt(at), little);
  else view.setUint32(28, at, little);
  view.setUint16(wide ? 54 : 42, wide ? 56 : 32, little);
  view.setUint16(wide ? 56 : 44, 1, little);
  view.setUint32(at, segment, little);
  return bytes;
}

/** Lays out the beginning of an ELF library: it names no interpreter. */
export function elfShared(): Uint8Array {
  return elfProgram({ type: 3, segment: 1 });
}

/** Lays out the beginning of a Mach-O program, alone or as the first of a fat binary. */
export function machProgram({ fat = false } = {}): Uint8Array {
  const bytes = new Uint8Array(128);
  const view = new DataView(bytes.buffer);
  const at = fat ? 64 : 0;
  if (fat)
    for (const [offset, value] of [0xcafebabe, 2, 0x01000007, 3, at].entries()) view.setUint32(offset * 4, value);
  view.setUint32(at, 0xfeedfacf, true);
  view.setUint32(at + 12, 2, true);
  return bytes;
}
