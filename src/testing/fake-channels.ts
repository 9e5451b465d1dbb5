import type { ChannelLook, PackageChannel, WantedPackage } from "#src/ports/package-channel";
import type { TagContent, TreeSighting } from "#src/ports/tag-content";

/** A package channel that gives its looks in order and then repeats the last one. */
export class FakePackageChannel implements PackageChannel {
  readonly asked: string[] = [];
  readonly #looks: ChannelLook[];

  constructor(...looks: ChannelLook[]) {
    this.#looks = looks;
  }

  async look({ name, version }: WantedPackage): Promise<ChannelLook> {
    this.asked.push(`${name}@${version}`);
    const look = this.#looks.length > 1 ? this.#looks.shift() : this.#looks[0];
    return look ?? { version: { seen: "absent" }, pointers: new Map() };
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
