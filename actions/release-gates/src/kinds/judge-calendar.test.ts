import { describe, expect, it } from "vitest";
import { gateSchema } from "#src/contract/config/gates";
import { conclude, decidingCode } from "#src/domain/verdict";
import { gateTrial } from "#src/testing/gate-trial";
import { releaseGates } from "../release-gates.ts";
import { judgeCalendar } from "./judge-calendar.ts";

const office = { days: ["mon", "tue", "wed", "thu"], from: "09:00", to: "17:00" } as const;
const night = { days: ["fri"], from: "22:00", to: "02:00" } as const;
const feast = { from: "2026-12-24", to: "2026-12-27T06:00", reason: "feast days" };
const code = (policy: object, now: string) => {
  const parsed = gateSchema.parse({ id: "when", kind: "calendar", zone: "Europe/Vienna", ...policy });
  return parsed.kind === "calendar" ? judgeCalendar(parsed, new Date(now)).code : "another kind";
};

describe("GAT-54 S9: a change window in Vienna", () => {
  it.each([
    ["is closed a minute before it opens", "2026-01-14T07:59:59Z", "gates.outside-window"],
    ["is open in the minute in which it opens", "2026-01-14T08:00:00Z", undefined],
    ["is open in its last minute", "2026-01-14T15:59:59Z", undefined],
    ["is closed in the minute in which it closes", "2026-01-14T16:00:00Z", "gates.outside-window"],
    ["is closed on another day", "2026-01-16T10:00:00Z", "gates.outside-window"],
    ["follows the clocks into summer", "2026-07-15T07:00:00Z", undefined],
    ["follows the clocks out of winter", "2026-07-15T15:00:00Z", "gates.outside-window"],
    ["belongs to the zone's day, not to that of UTC", "2026-01-15T23:30:00Z", "gates.outside-window"],
  ])("%s", (_rule, now, expected) => {
    expect(code({ windows: [{ ...office, days: [...office.days] }] }, now)).toBe(expected);
  });

  it.each([
    ["is open before midnight", "2026-01-16T21:00:00Z", undefined],
    ["is open after midnight, on the next day", "2026-01-17T00:59:59Z", undefined],
    ["is closed when it ends", "2026-01-17T01:00:00Z", "gates.outside-window"],
    ["is closed on the night before", "2026-01-15T21:30:00Z", "gates.outside-window"],
    ["is closed after midnight of its own day", "2026-01-16T00:30:00Z", "gates.outside-window"],
  ])("over midnight %s", (_rule, now, expected) => {
    expect(code({ windows: [night] }, now)).toBe(expected);
  });

  it.each([
    ["is open when the clocks show it first", "2026-10-25T00:30:00Z", undefined],
    ["is open when the clocks show it again", "2026-10-25T01:30:00Z", undefined],
    ["is closed after that", "2026-10-25T02:00:00Z", "gates.outside-window"],
  ])("in the hour that comes twice %s", (_rule, now, expected) => {
    expect(code({ windows: [{ days: ["sun"], from: "02:00", to: "03:00" }] }, now)).toBe(expected);
  });

  it("in the hour that the clocks leave out never opens", () => {
    const skipped = { windows: [{ days: ["sun"], from: "02:00", to: "03:00" }] };
    expect(["2026-03-29T00:59:00Z", "2026-03-29T01:00:00Z"].map((now) => code(skipped, now))).toEqual([
      "gates.outside-window",
      "gates.outside-window",
    ]);
  });

  it("until 24:00 is open in the day's last minute and closed in the next", () => {
    const late = { windows: [{ days: ["wed"], from: "20:00", to: "24:00" }] };
    expect(code(late, "2026-01-14T22:59:00Z")).toBeUndefined();
    expect(code(late, "2026-01-14T23:00:00Z")).toBe("gates.outside-window");
  });
});

describe("GAT-54: a blackout", () => {
  it.each([
    ["is not there a minute before", "2026-12-23T22:59:59Z", undefined],
    ["begins with its first moment", "2026-12-23T23:00:00Z", "gates.blackout"],
    ["lasts to its last minute", "2026-12-27T04:59:59Z", "gates.blackout"],
    ["is over at its end", "2026-12-27T05:00:00Z", undefined],
  ])("%s", (_rule, now, expected) => {
    expect(code({ blackouts: [feast] }, now)).toBe(expected);
  });

  it("counts before an open window, and says why", () => {
    const now = new Date("2026-12-24T10:00:00Z");
    const finding = judgeCalendar({ zone: "UTC", windows: [{ ...office, days: ["thu"] }], blackouts: [feast] }, now);
    expect(finding).toMatchObject({ result: "fail", code: "gates.blackout" });
    expect(finding.because).toBe(
      "expected no blackout at thu 2026-12-24T10:00 in UTC, found feast days until 2026-12-27T06:00",
    );
  });

  it.each([
    ["neither windows nor blackouts", {}],
    ["a zone that does not exist", { zone: "Europe/Atlantis" }],
    ["a time that does not exist", { windows: [{ ...office, from: "25:00" }] }],
    ["an end before its beginning", { blackouts: [{ ...feast, to: "2026-12-01" }] }],
    ["a day that does not exist", { blackouts: [{ ...feast, from: "2026-02-30" }] }],
  ])("is refused with %s", (_what, policy) => {
    expect(() => code(policy, "2026-01-01T00:00:00Z")).toThrow();
  });
});

describe("GAT-54: a leg of kind calendar", () => {
  const sit = (now: string) => {
    const { given, context, ports } = gateTrial(
      { id: "when", kind: "calendar", blackouts: [feast] },
      { now: new Date(now) },
    );
    return releaseGates(given, context, ports);
  };

  it("asks the clock and nothing else", async () => {
    expect(conclude((await sit("2026-01-01T00:00:00Z")).checks).result).toBe("pass");
    expect(decidingCode((await sit("2026-12-25T00:00:00Z")).checks)).toBe("gates.blackout");
  });
});
