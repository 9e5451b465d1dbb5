import type { BuiltFiles, CheckoutCommits, FoundFile } from "#src/ports/built-files";

/** A checkout in memory. A pattern is looked up as it is written: globbing is the file system's business. */
export class FakeBuiltFiles implements BuiltFiles {
  readonly #matches: Record<string, FoundFile[]>;
  readonly #commits: CheckoutCommits;

  readonly #tree: Uint8Array;

  constructor(matches: Record<string, FoundFile[]>, commits: CheckoutCommits, tree = new Uint8Array()) {
    this.#matches = matches;
    this.#commits = commits;
    this.#tree = tree;
  }

  async archive(): Promise<Uint8Array> {
    return this.#tree;
  }

  async matching(pattern: string): Promise<FoundFile[]> {
    return this.#matches[pattern] ?? [];
  }

  async commits(): Promise<CheckoutCommits> {
    return this.#commits;
  }
}
