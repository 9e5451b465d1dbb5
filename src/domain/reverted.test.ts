import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readCommit } from "#src/domain/conventional-commit";
import { withoutReverted } from "#src/domain/reverted";

/** Ids by names: `a` stands for a whole id of a's. */
const id = (name: string) => Buffer.from(name).toString("hex").padEnd(40, "0");

/** A line is `name: parents: message`; in a message, `<name>` is an id. */
const history = (...lines: string[]) =>
  lines.map((line) => {
    const [name = "", parents = "", ...rest] = line.split(": ");
    const message = rest.join(": ").replace(/<(\w+)>/g, (_whole, other: string) => id(other));
    const among = parents.split(" ").filter(Boolean).map(id);
    const [subject = ""] = message.split("\n", 1);
    return { name, sha: id(name), parents: among, subject, ...readCommit(message, among.length, "octo/tide") };
  });

const kept = (...lines: string[]) => withoutReverted(history(...lines)).map(({ name }) => name);

const undo = 'Revert "x"\n\nThis reverts commit <merge>, reversing\nchanges made to <main>.';

describe("PLN-24 PLN-60: the revert of a merge", () => {
  it("takes back all that the merge brought", () => {
    expect(
      kept(
        `undo: merge: ${undo}`,
        "merge: main side2: Merge branch 'side'",
        "side2: side1: feat: b",
        "side1: base: feat: a",
        "main: base: fix: c",
        "base: : fix: d",
      ),
    ).toEqual(["main", "base"]);
  });

  it("keeps what another line holds, too, wherever that line is met", () => {
    const sides = ["side2: side1: feat: b", "side1: base: feat: a", "main: base: fix: c"];
    const undone = [`undo: merge: ${undo}`, "merge: main side2: Merge branch 'side'"];
    const later = "later: side1: fix: on top of a";
    expect(kept("top: undo later: Merge branch 'later'", ...undone, later, ...sides)).toEqual([
      ...["top", "later", "side1", "main"],
    ]);
    expect(kept("top: undo later: Merge branch 'later'", later, ...undone, ...sides)).toEqual([
      ...["top", "later", "side1", "main"],
    ]);
  });

  it("takes back merges inside of the branch, and nothing that the mainline has", () => {
    expect(
      kept(
        `undo: merge: ${undo}`,
        "merge: main side2: Merge branch 'side'",
        "side2: side1 main: Merge branch 'main' into side",
        "side1: base: feat: a",
        "main: base: fix: c",
        "base: : fix: d",
      ),
    ).toEqual(["main", "base"]);
  });

  it("takes back the mainline's own commits where the other parent is the one that stays", () => {
    expect(
      kept(
        'undo: merge: Revert "x"\n\nThis reverts commit <merge>, reversing\nchanges made to <side>.',
        "merge: main side: Merge branch 'side'",
        "side: base: feat: a",
        "main: base: fix: c",
        "base: : fix: d",
      ),
    ).toEqual(["side", "base"]);
  });

  it("takes back the merge alone where its mainline is none of its parents", () => {
    expect(
      kept(
        `undo: merge: ${undo.replace("<main>", "<other>")}`,
        "merge: main side: Merge branch 'side'",
        "side: base: feat: a",
        "main: base: fix: c",
      ),
    ).toEqual(["side", "main"]);
  });

  it("takes back nothing once it was reverted itself", () => {
    expect(
      kept(
        'redo: undo: Reapply "x"\n\nThis reverts commit <undo>.',
        `undo: merge: ${undo}`,
        "merge: main side: Merge branch 'side'",
        "side: base: feat: a",
        "main: base: fix: c",
      ),
    ).toEqual(["merge", "side", "main"]);
  });

  it("lets no revert count that the merge brought", () => {
    expect(
      kept(
        `undo: merge: ${undo}`,
        "merge: main side: Merge branch 'side'",
        'side: base: Revert "d"\n\nThis reverts commit <base>.',
        "main: base: fix: c",
        "base: : fix: d",
      ),
    ).toEqual(["main", "base"]);
  });
});

/** Ids of the commits that are reached from `ends`, where the merge leads to its mainline alone, newest first. */
function reached(among: number[][], ends: number[], undone: { merge: number; mainline: number }): number[] {
  const held = new Set<number>();
  const open = [...ends];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    held.add(at);
    const further = at === undone.merge ? [undone.mainline] : (among[at] ?? []);
    open.push(...further.filter((one) => !held.has(one)));
  }
  return [...held].filter((at) => at !== undone.merge).sort((a, b) => b - a);
}

describe("PLN-24: whatever the history, the revert of a merge", () => {
  const drawn = fc.array(fc.uniqueArray(fc.nat(30), { minLength: 1, maxLength: 3 }), { minLength: 3, maxLength: 24 });
  // Each commit but the first names earlier ones.
  const histories = drawn.map((all) =>
    all.map((wanted, at) => (at === 0 ? [] : [...new Set(wanted.map((one) => one % at))])),
  );

  it("takes back exactly what no other line holds", () => {
    fc.assert(
      fc.property(histories, fc.nat(), fc.nat(), (among, place, stay) => {
        const merges = among.flatMap((all, merge) => (all.length > 1 ? [{ merge, all }] : []));
        fc.pre(merges.length > 0);
        const { merge, all } = merges[place % merges.length] ?? { merge: 0, all: [0] };
        const mainline = all[stay % all.length] ?? 0;
        const ends = among.flatMap((_all, at) => (among.some((one) => one.includes(at)) ? [] : [at]));
        const named = (places: number[]) => places.map((at) => `c${at}`);
        const sentence = `This reverts commit <c${merge}>, reversing\nchanges made to <c${mainline}>.`;
        const lines = among.map((one, at) => `c${at}: ${named(one).join(" ")}: feat: x`).toReversed();
        expect(kept(`undo: ${named(ends).join(" ")}: Revert "x"\n\n${sentence}`, ...lines)).toEqual(
          named(reached(among, ends, { merge, mainline })),
        );
      }),
      { numRuns: 200 },
    );
  });
});

describe("PLN-24 PLN-60: the revert of a pull request", () => {
  it.each(["Reverts octo/tide#12", "Reverts #12", "Reverts octo/tide#12\n\nThis reverts commit <tides>."])(
    "by %j takes its squashed commit back",
    (body) => {
      expect(
        kept(
          `undo: tides: Revert "feat: tides (#12)" (#13)\n\n${body}`,
          "tides: base: feat: tides (#12)",
          "base: : fix: d (#1)",
        ),
      ).toEqual(["base"]);
    },
  );

  it("takes back what its merge brought", () => {
    expect(
      kept(
        'undo: merge: Revert "Tides" (#13)\n\nReverts octo/tide#12',
        "merge: main side: Merge pull request #12 from ada/side\n\nTides",
        "side: base: feat: a",
        "main: base: fix: c",
      ),
    ).toEqual(["main"]);
  });

  it("of another repository takes nothing back", () => {
    expect(kept('undo: tides: Revert "x"\n\nReverts acme/moon#12', "tides: : feat: tides (#12)")).toEqual([
      "undo",
      "tides",
    ]);
  });
});

describe("PLN-60 PLN-40: a commit that is more than a revert", () => {
  it("stays, and what it takes back goes", () => {
    expect(
      kept("new: old: feat!: replace the tides (#14)\n\n* Revert\n\nThis reverts commit <old>.", "old: : feat: tides"),
    ).toEqual(["new"]);
  });

  it("stays where it lists changes beside the revert", () => {
    expect(
      kept('new: old: Revert "tides" (#14)\n\nThis reverts commit <old>.\n\n* fix: moon', "old: : feat: tides"),
    ).toEqual(["new"]);
  });
});

describe("PLN-44: reverts in a long history", () => {
  it("are found among 50,000 commits, every tenth a merge", () => {
    const [undoing] = history(
      'c50000: c49999: Revert "x"\n\nThis reverts commit <c10>, reversing\nchanges made to <c8>.',
    );
    const parentsOf = (at: number) => (at % 10 === 0 ? [at - 2, at - 1] : [at % 10 === 9 ? at - 8 : at - 1]);
    const rest = Array.from({ length: 49_999 }, (_, index) => {
      const at = 49_999 - index;
      const parents = parentsOf(at).map((one) => id(`c${one}`));
      return { sha: id(`c${at}`), parents, subject: "x", class: "feat" as const, carried: [], reverts: [] };
    });
    const all = [...(undoing ? [undoing] : []), ...rest];
    const left = new Set(withoutReverted(all).map(({ sha }) => sha));
    const gone = all.filter(({ sha }) => !left.has(sha)).map(({ sha }) => sha);
    expect(gone).toEqual(["c50000", "c10", "c9"].map(id));
  });
});
