import { describe, expect, it } from "vitest";
import { applyEdits, writePatch } from "#src/domain/changelog/patch";

describe("a patch", () => {
  const text = "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk\n";

  it("shows three lines around each edit, and counts on", () => {
    const edits = [
      { at: 0, remove: 1, insert: ["A\n", "AA\n"] },
      { at: 10, remove: 1, insert: [] },
    ];
    expect(writePatch("x.md", text, edits)).toBe(
      "diff --git a/x.md b/x.md\n--- a/x.md\n+++ b/x.md\n@@ -1,4 +1,5 @@\n-a\n+A\n+AA\n b\n c\n d\n@@ -8,4 +9,3 @@\n h\n i\n j\n-k\n",
    );
    expect(applyEdits(text, edits)).toBe("A\nAA\nb\nc\nd\ne\nf\ng\nh\ni\nj\n");
  });

  it("joins edits that stand near to each other", () => {
    const patch = writePatch("x.md", text, [
      { at: 1, remove: 1, insert: ["B\n"] },
      { at: 6, remove: 1, insert: ["G\n"] },
    ]);
    expect(patch?.match(/^@@/gm)).toHaveLength(1);
  });

  it("is none without an edit", () => {
    expect(writePatch("x.md", text, [])).toBeUndefined();
  });
});
