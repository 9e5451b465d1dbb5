import { describe, expect, it } from "vitest";
import { imageName } from "./image-name.ts";

describe("the name of an image", () => {
  it.each([
    ["localhost/clock", { host: "localhost", path: "clock" }],
    ["localhost:5000/harbour/clock", { host: "localhost:5000", path: "harbour/clock" }],
    ["127.0.0.1:5000/clock", { host: "127.0.0.1:5000", path: "clock" }],
    ["images.example.com/harbour/tide-clock_x", { host: "images.example.com", path: "harbour/tide-clock_x" }],
  ])("%s is a host and a path", (text, expected) => {
    expect(imageName(text)).toEqual(expected);
  });

  it.each([
    ["harbour/clock", "names no host"],
    ["images.example.com", "names no path"],
    ["images.example.com/Harbour/clock", "has a capital letter"],
    ["images.example.com/harbour/clock:1.0.0", "has a tag"],
    [`images.example.com/clock@sha256:${"0".repeat(64)}`, "has a digest"],
    ["https://images.example.com/clock", "is an address"],
    ["images.example.com/harbour//clock", "has an empty part"],
    ["", "is empty"],
  ])("%s is refused, as it %s", (text) => {
    expect(imageName(text)).toBeUndefined();
  });
});
