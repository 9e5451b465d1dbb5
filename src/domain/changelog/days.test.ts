import { describe, expect, it } from "vitest";
import { daysOfInstant, daysOfNow, isDay, widen } from "#src/domain/changelog/days";

describe("the day of a release", () => {
  it("PLN-55 F27: is the tag's in UTC or in its own offset, and no third one", () => {
    expect(daysOfInstant("2026-03-01T16:39:28-08:00", "utc-or-own")).toEqual({
      first: "2026-03-01",
      last: "2026-03-02",
    });
    expect(daysOfInstant("2026-02-27T03:02:42+11:00", "utc-or-own")).toEqual({
      first: "2026-02-26",
      last: "2026-02-27",
    });
    expect(daysOfInstant("2026-03-01T16:39:28-08:00", "utc")).toEqual({ first: "2026-03-02", last: "2026-03-02" });
  });

  it("PLN-55: is any day that it is now on earth, where there is no tag", () => {
    expect(daysOfNow(new Date("2026-01-01T09:59:59Z"), "utc-or-own")).toEqual({
      first: "2025-12-31",
      last: "2026-01-01",
    });
    expect(daysOfNow(new Date("2026-01-01T10:00:00Z"), "utc-or-own")).toEqual({
      first: "2025-12-31",
      last: "2026-01-02",
    });
    expect(daysOfNow(new Date("2026-01-01T23:59:59Z"), "utc")).toEqual({ first: "2026-01-01", last: "2026-01-01" });
  });

  it("PLN-55: is yesterday's up to noon in UTC, where yesterday ends last", () => {
    expect(daysOfNow(new Date("2026-01-01T11:59:59Z"), "utc-or-own").first).toBe("2025-12-31");
    expect(daysOfNow(new Date("2026-01-01T12:00:00Z"), "utc-or-own").first).toBe("2026-01-01");
  });

  it("PLN-55: may be missed by a number of days, across months", () => {
    expect(widen({ first: "2026-03-01", last: "2026-12-31" }, 1)).toEqual({ first: "2026-02-28", last: "2027-01-01" });
  });

  it.each([
    ["2028-02-29", true],
    ["2026-02-29", false],
    ["2026-13-01", false],
    ["2026-1-1", false],
    ["20260101", false],
    ["", false],
  ])("PLN-53: %s is a day of the calendar: %s", (text, expected) => {
    expect(isDay(text)).toBe(expected);
  });
});
