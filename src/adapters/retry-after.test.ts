import { describe, expect, it } from "vitest";
import { retryAfter } from "./retry-after.ts";

const now = new Date("2026-03-01T12:00:00Z");

describe("a Retry-After header", () => {
  it.each([
    ["90", "2026-03-01T12:01:30.000Z"],
    [" 0 ", "2026-03-01T12:00:00.000Z"],
    ["Sun, 01 Mar 2026 12:03:00 GMT", "2026-03-01T12:03:00.000Z"],
  ])("of %j names an instant", (header, expected) => {
    expect(retryAfter(header, now)?.toISOString()).toBe(expected);
  });

  it.each([[null], [""], ["soon"], ["-5"], ["2026-03-01"], ["Sun, 99 Mar 2026 12:03:00 GMT"]])(
    "of %j names none",
    (header) => {
      expect(retryAfter(header, now)).toBeUndefined();
    },
  );
});
