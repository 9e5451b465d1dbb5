import { digestOf, type Store, type StoredArtifact } from "./store.ts";
import { readZip, writeZip } from "./zip.ts";

/** Ways in which stored artifacts can be falsified. Each names the newest artifact of that name and throws when there is none. */
export interface ArtifactFaults {
  /**
   * Changes the content of each file and makes size and digest fit again, so that the download itself looks right.
   * By default the last letter or digit becomes another one.
   */
  alter(name: string, change?: (content: Buffer, file: string) => Buffer): void;
  remove(name: string): void;
  /** Stores the same bytes a second time under another name in the same run. */
  duplicate(name: string, newName: string): void;
}

/** A stored artifact that was just falsified. */
export interface InjectedFault {
  fault: "altered" | "removed" | "duplicated";
  name: string;
}

/** Makes the faults of one store; `told` hears of each, once it has been done. */
export function createArtifactFaults(store: Store, told: (fault: InjectedFault) => void): ArtifactFaults {
  return {
    alter(name, change = alterLastCharacter) {
      const { artifact, bytes } = newest(name);
      const zipped = artifact.mimeType === "application/zip";
      const altered = zipped
        ? writeZip(readZip(bytes).map((one) => ({ name: one.name, content: change(one.content, one.name) })))
        : change(bytes, name);
      if (digestOf(altered) === artifact.digest)
        throw new Error(`expected the content of ${name} to change, found it the same`);
      store.write(artifact.id, altered);
      store.change(artifact.id, { size: altered.length, digest: digestOf(altered) });
      told({ fault: "altered", name });
    },
    remove(name) {
      store.delete(newest(name).artifact.id);
      told({ fault: "removed", name });
    },
    duplicate(name, newName) {
      const { artifact, bytes } = newest(name);
      const { id: _id, size, digest, ...rest } = artifact;
      const copy = store.create({ ...rest, name: newName });
      store.write(copy.id, bytes);
      store.change(copy.id, { size, digest });
      told({ fault: "duplicated", name });
    },
  };

  function newest(name: string): { artifact: StoredArtifact; bytes: Buffer } {
    const artifact = store.list().findLast((one) => one.name === name && one.digest !== null);
    const bytes = artifact && store.read(artifact.id);
    if (!artifact || !bytes) throw new Error(`expected an artifact named ${name}, found none`);
    return { artifact, bytes };
  }
}

function alterLastCharacter(content: Buffer): Buffer {
  const altered = Buffer.from(content);
  const at = altered.findLastIndex((byte) => /[0-9A-Za-z]/.test(String.fromCharCode(byte)));
  if (at < 0) return Buffer.concat([content, Buffer.from("0")]);
  altered[at] = altered[at] === 0x30 ? 0x31 : 0x30;
  return altered;
}
