import type { NpmLook, NpmRegistry } from "#src/ports/npm-registry";
import type { TagContent, TreeSighting } from "#src/ports/tag-content";

/** A registry that gives its looks in order and then repeats the last one. */
export class FakeNpmRegistry implements NpmRegistry {
  readonly asked: string[] = [];
  readonly #looks: NpmLook[];

  constructor(...looks: NpmLook[]) {
    this.#looks = looks;
  }

  async look(name: string, version: string): Promise<NpmLook> {
    this.asked.push(`${name}@${version}`);
    const look = this.#looks.length > 1 ? this.#looks.shift() : this.#looks[0];
    return look ?? { version: { seen: "absent" }, tags: new Map() };
  }
}

/** A remote that holds trees by revision; any other revision is absent. */
export class FakeTagContent implements TagContent {
  readonly asked: string[] = [];
  readonly #trees: Record<string, TreeSighting>;

  constructor(trees: Record<string, TreeSighting> = {}) {
    this.#trees = trees;
  }

  async look(revision: string): Promise<TreeSighting> {
    this.asked.push(revision);
    return this.#trees[revision] ?? { seen: "absent" };
  }
}
