import { describe, expect, it } from "vitest";
import { findEdits } from "#src/domain/changelog/history";

const form = "[{version}] - {date}";
const before =
  "# c\n\n## [Unreleased]\n\n- next\n\n## [1.0.0] - 2025-01-01\n\n- begin\n\n## [0.9.0] - 2024-01-01\n\n- try\n\n[1.0.0]: a\n";
const edits = (now: string, text = before) => findEdits({ before: text, now }, "1.0.0", form);
const released = `## [1.1.0] - 2026-01-01\n\n- next\n\n`;
const now = before.replace("- next\n\n", `\n${released}`);

describe("what earlier versions said", () => {
  it.each<[rule: string, text: string, found: ReturnType<typeof edits>]>([
    ["is as it was after a release", now, []],
    [
      "is as it was with other line ends, and with other links",
      now.replaceAll("\n", "\r\n").replace("]: a", "]: b"),
      [],
    ],
    ["may be joined by a section that was missing", `${now}\n## [0.8.0] - 2023-01-01\n\n- older\n`, []],
    [
      "is found edited, by a byte",
      now.replace("- begin", "- begin "),
      [{ version: "1.0.0", change: "edited", line: 10 }],
    ],
    [
      "is found edited in its heading",
      now.replace("2024-01-01", "2024-01-02"),
      [{ version: "0.9.0", change: "edited", line: 14 }],
    ],
    [
      "is found edited in a comment",
      now.replace("- try", "- try\n<!-- x -->"),
      [{ version: "0.9.0", change: "edited", line: 14 }],
    ],
    ["is found removed", now.replace(/## \[0\.9\.0\][\s\S]*/, ""), [{ version: "0.9.0", change: "removed", line: 11 }]],
  ])("PLN-56: %s", (_rule, text, found) => {
    expect(edits(text)).toEqual(found);
  });

  it("PLN-56: leaves a section alone that was written before its release", () => {
    const early = before.replace("## [1.0.0]", "## [1.1.0] - 2025-12-01\n\n- soon\n\n## [1.0.0]");
    expect(edits(early.replace("- soon", "- now"), early)).toEqual([]);
  });
});
