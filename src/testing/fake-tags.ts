import { Failure } from "#src/domain/failure";
import type { NewTag, SeenTag, TagObject, Tags, TagWriting } from "#src/ports/tags";

/** A remote in memory. `before` runs ahead of a write, as a rival would; `answer` replaces the write's outcome. */
export class FakeTags implements Tags {
  readonly refs = new Map<string, SeenTag>();
  readonly objects = new Map<string, TagObject>();
  readonly calls: string[] = [];
  readonly #faults: TagFaults;

  constructor(faults: TagFaults = {}) {
    this.#faults = faults;
  }

  /** Puts a tag there, as someone else did. */
  put(tag: string, seen: Partial<SeenTag> & { commit: string }): this {
    this.refs.set(tag, { object: "f".repeat(40), annotated: true, ...seen });
    return this;
  }

  async find(tag: string): Promise<SeenTag | "absent"> {
    this.calls.push("find");
    if (this.#faults.deafAfter !== undefined && this.calls.length > this.#faults.deafAfter) {
      throw new Failure({ kind: "upstream", code: "tag.remote-unknown", message: "no answer", hint: "Wait." });
    }
    return this.refs.get(tag) ?? "absent";
  }

  async create(wanted: NewTag): Promise<TagWriting> {
    this.calls.push("create");
    this.#faults.before?.(this);
    if (this.#faults.answer) return this.#faults.answer;
    if (this.refs.has(wanted.tag)) return { outcome: "exists" };
    const object = "e".repeat(40);
    const { tag, commit, message, tagger } = wanted;
    this.refs.set(tag, { object, commit, annotated: true });
    this.objects.set(object, { tag, commit, message, tagger, type: "commit", ...this.#faults.altered });
    return { outcome: "created", object };
  }

  async read(object: string): Promise<TagObject> {
    this.calls.push("read");
    const found = this.objects.get(object);
    if (found) return found;
    throw new Failure({ kind: "upstream", code: "tag.remote-unknown", message: "HTTP 404", hint: "Wait." });
  }
}

/** What goes wrong at the remote. */
export interface TagFaults {
  before?: (tags: FakeTags) => void;
  answer?: TagWriting;
  /** What the object reads back as, where it differs from what was written. */
  altered?: Partial<TagObject>;
  /** Number of calls after which questions are no longer answered. */
  deafAfter?: number;
}
