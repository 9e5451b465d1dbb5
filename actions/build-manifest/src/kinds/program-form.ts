const elf = 0x7f454c46;
const fat = 0xcafebabe;
const machO = new Set([0xfeedface, 0xfeedfacf]);
/** Java's class files begin as fat binaries do; their version stands where the count of architectures would. */
const mostArchitectures = 20;

/**
 * Tells whether a system would run these bytes as a program: a `binary` (ELF or Mach-O that is no library) or a `script`
 * (`#!`); undefined for all else, and for programs of Windows, which need no execute bit.
 */
export function programForm(content: Uint8Array): "binary" | "script" | undefined {
  if (content[0] === 0x23 && content[1] === 0x21) return "script";
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  try {
    return isElfProgram(view) || isMachProgram(view) ? "binary" : undefined;
  } catch (thrown) {
    // Too short for the header that its first bytes promise.
    if (thrown instanceof RangeError) return undefined;
    throw thrown;
  }
}

/** ELF: an executable, or a position-independent one, which unlike a library names an interpreter (PT_INTERP). */
function isElfProgram(view: DataView): boolean {
  if (view.byteLength < 52 || view.getUint32(0) !== elf) return false;
  const [wide, little] = [view.getUint8(4) === 2, view.getUint8(5) === 1];
  const type = view.getUint16(16, little);
  if (type !== 3) return type === 2;
  const start = wide ? Number(view.getBigUint64(32, little)) : view.getUint32(28, little);
  const [size, count] = [view.getUint16(wide ? 54 : 42, little), view.getUint16(wide ? 56 : 44, little)];
  return Array.from({ length: count }, (_, index) => start + index * size).some(
    (header) => view.getUint32(header, little) === 3,
  );
}

function isMachProgram(view: DataView): boolean {
  if (view.byteLength < 16) return false;
  if (view.getUint32(0) === fat && view.getUint32(4) <= mostArchitectures)
    return isThinProgram(view, view.getUint32(16));
  return isThinProgram(view, 0);
}

/** Mach-O: MH_EXECUTE, in the byte order of its magic. */
function isThinProgram(view: DataView, at: number): boolean {
  const little = machO.has(view.getUint32(at, true));
  return (little || machO.has(view.getUint32(at))) && view.getUint32(at + 12, little) === 2;
}
