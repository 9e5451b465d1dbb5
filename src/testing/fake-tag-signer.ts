import { Failure } from "#src/domain/failure";
import type { SignedTag, TagSigner } from "#src/ports/tag-signer";
import type { NewTag, TagWriting } from "#src/ports/tags";
import type { FakeTags } from "#src/testing/fake-tags";

/** A signer over a remote in memory: what it writes verifies, what others wrote does not, unless told otherwise. */
export class FakeTagSigner implements TagSigner {
  readonly calls: string[] = [];
  readonly #tags: FakeTags;
  readonly #faults: SignerFaults;

  constructor(tags: FakeTags, faults: SignerFaults = {}) {
    this.#tags = tags;
    this.#faults = faults;
  }

  async complaint(): Promise<string | undefined> {
    return this.#faults.complaint;
  }

  async create(wanted: NewTag): Promise<TagWriting> {
    this.calls.push("create");
    return this.#faults.answer ?? this.#tags.create({ ...wanted, kind: "annotated" });
  }

  async inspect(tag: string): Promise<SignedTag> {
    this.calls.push("inspect");
    const seen = this.#tags.refs.get(tag);
    const read = seen && this.#tags.objects.get(seen.object);
    if (!seen) throw new Failure({ kind: "upstream", code: "tag.remote-unknown", message: "no ref", hint: "Wait." });
    const none = { tag, type: "none", commit: "none", message: "", tagger: { name: "", email: "" }, date: "" };
    const good = read !== undefined && !this.#faults.broken;
    return { read: read ?? none, signer: good ? "ada@example.org" : null, because: good ? "" : "no signature" };
  }
}

/** What goes wrong with signing. */
export interface SignerFaults {
  complaint?: string;
  answer?: TagWriting;
  /** Whether no signature holds. */
  broken?: boolean;
}
