import { digestOfBytes } from "#src/domain/digest";
import { Failure } from "#src/domain/failure";
import type { AssetFile, DraftFields, HostedRelease, ReleaseAsset, Releases } from "#src/ports/releases";

/** What goes wrong at the server. */
export interface ReleaseFaults {
  /** Dies at this write, counted from 1: after it was applied, before the answer. */
  diesAtWrite?: number;
  /** Tells no digests, as for old assets. */
  hidesDigests?: boolean;
  /** Stores other bytes than it was given. */
  corrupts?: boolean;
  /** Accepts the publication and does something else. */
  publishes?: (release: HostedRelease) => void;
}

/** GitHub releases in memory. `calls` lists every request in order. */
export class FakeReleases implements Releases {
  readonly held: HostedRelease[] = [];
  readonly bytes = new Map<number, Uint8Array>();
  readonly tags = new Map<string, string>();
  calls: string[] = [];
  faults: ReleaseFaults;
  #nextId = 1;
  #writes = 0;

  constructor(faults: ReleaseFaults = {}) {
    this.faults = faults;
  }

  /** Puts a release there, as someone else did. */
  put(fields: Partial<HostedRelease>, files: Record<string, string> = {}): HostedRelease {
    const release: HostedRelease = {
      id: this.#nextId++,
      tag: "v1.1.0",
      body: "",
      draft: true,
      prerelease: false,
      url: "https://github.example/octo/tide/releases/tag/v1.1.0",
      uploadUrl: "https://uploads.github.example/assets{?name,label}",
      assets: [],
      ...fields,
    };
    this.held.push(release);
    for (const [name, text] of Object.entries(files)) this.#store(release, name, new TextEncoder().encode(text));
    return release;
  }

  async ofTag(tag: string): Promise<HostedRelease[]> {
    this.calls.push("list");
    return structuredClone(this.held.filter((release) => release.tag === tag));
  }

  async commitOf(tag: string): Promise<string | undefined> {
    this.calls.push("commit");
    return this.tags.get(tag);
  }

  async createDraft({ tag, body, prerelease }: DraftFields): Promise<HostedRelease> {
    this.calls.push("create");
    const release = this.put({ tag, body, prerelease });
    this.#mayDie();
    return structuredClone(release);
  }

  async upload({ id }: HostedRelease, { name, bytes }: AssetFile): Promise<ReleaseAsset> {
    this.calls.push(`upload ${name}`);
    const release = this.#of(id);
    if (release.assets.some((asset) => asset.name === name)) throw upstream(`asset ${name} exists`);
    const asset = this.#store(release, name, this.faults.corrupts ? new Uint8Array([0]) : bytes);
    this.#mayDie();
    return structuredClone(asset);
  }

  async download({ id, name }: ReleaseAsset): Promise<Uint8Array> {
    this.calls.push(`download ${name}`);
    return this.bytes.get(id) ?? new Uint8Array();
  }

  async publish({ id }: HostedRelease, latest: boolean): Promise<void> {
    this.calls.push(latest ? "publish" : "publish, not as the latest");
    const publish = this.faults.publishes ?? ((release: HostedRelease) => Object.assign(release, { draft: false }));
    publish(this.#of(id));
    this.#mayDie();
  }

  async read(id: number): Promise<HostedRelease> {
    this.calls.push("read");
    return structuredClone(this.#of(id));
  }

  #of(id: number): HostedRelease {
    const release = this.held.find((one) => one.id === id);
    if (!release) throw upstream(`no release ${id}`);
    return release;
  }

  #store(release: HostedRelease, name: string, bytes: Uint8Array): ReleaseAsset {
    const digest = this.faults.hidesDigests ? null : digestOfBytes(bytes);
    const asset: ReleaseAsset = { id: this.#nextId++, name, complete: true, digest };
    release.assets.push(asset);
    this.bytes.set(asset.id, bytes);
    return asset;
  }

  #mayDie(): void {
    this.#writes += 1;
    if (this.#writes === this.faults.diesAtWrite) throw upstream("no answer");
  }
}

function upstream(message: string): Failure {
  return new Failure({ kind: "upstream", code: "all.upstream-unreachable", message, hint: "Wait and rerun." });
}
