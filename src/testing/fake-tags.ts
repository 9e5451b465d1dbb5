import { Failure } from "#src/domain/failure";
import type { NewTag, SeenTag, TagObject, Tags, TagWriting } from "#src/ports/tags";

/** When tags of the remote in memory are made. */
const made = "2026-01-01T12:00:00Z";

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
    if (this.#faults.deafAfter !== undefined && this.calls.length > this.#faults.deafAfter) throw silence("no answer");
    return this.refs.get(tag) ?? "absent";
  }

  async create(wanted: NewTag): Promise<TagWriting> {
    this.calls.push("create");
    this.#faults.before?.(this);
    if (this.#faults.answer && !this.#faults.lost) return this.#faults.answer;
    if (this.refs.has(wanted.tag)) return { outcome: "exists" };
    const { kind, tag, commit, message, tagger } = wanted;
    const object = kind === "lightweight" ? commit : "e".repeat(40);
    this.refs.set(tag, { object, commit, annotated: kind !== "lightweight" });
    this.objects.set(object, { tag, commit, message, tagger, date: made, type: "commit", ...this.#faults.altered });
    return this.#faults.answer ?? { outcome: "created", object };
  }

  async read(object: string): Promise<TagObject> {
    this.calls.push("read");
    const found = this.objects.get(object);
    if (found) return found;
    throw silence("HTTP 404");
  }

  async released(): Promise<boolean> {
    this.calls.push("released");
    if (this.#faults.released === undefined) throw silence("HTTP 500");
    return this.#faults.released;
  }
}

/** What goes wrong at the remote. */
export interface TagFaults {
  before?: (tags: FakeTags) => void;
  answer?: TagWriting;
  /** Whether the tag is written before the answer replaces the true one. */
  lost?: boolean;
  /** What the object reads back as, where it differs from what was written. */
  altered?: Partial<TagObject>;
  /** Number of calls after which questions are no longer answered. */
  deafAfter?: number;
  /** Whether a release of the tag is public; not answered where absent. */
  released?: boolean;
}

function silence(message: string): Failure {
  return new Failure({ kind: "upstream", code: "tag.remote-unknown", message, hint: "Wait." });
}
