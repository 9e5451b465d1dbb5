import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { renderAlmanac, slugOf } from "../src/pages.js";

const harbours = JSON.parse(readFileSync(new URL("../data/harbours.json", import.meta.url), "utf8"));

test("every harbour has a page that the index links to", () => {
  const pages = renderAlmanac(harbours, "9.8.7");
  for (const { name } of harbours) {
    assert.ok(pages.has(`${slugOf(name)}.html`));
    assert.ok(pages.get("index.html").includes(`href="${slugOf(name)}.html"`));
  }
});

test("a page tells high and low water in the order of the day", () => {
  const text = renderAlmanac(harbours, "9.8.7").get("saint-orla.html");
  const times = [...text.matchAll(/<td>(\d\d:\d\d)<\/td>/g)].map(([, time]) => time);
  assert.deepEqual(times, ["05:05", "11:14", "17:26", "23:37"]);
});

test("the edition is told to people and to programs", () => {
  const pages = renderAlmanac(harbours, "9.8.7");
  assert.equal(pages.get("VERSION"), "9.8.7\n");
  assert.equal(JSON.parse(pages.get("almanac.json")).version, "9.8.7");
  assert.ok(pages.get("index.html").includes("Edition 9.8.7"));
});

test("a name is no markup", () => {
  const pages = renderAlmanac([{ name: "<b>&", high: [], low: [] }], "1.0.0");
  assert.ok(pages.get("index.html").includes("&lt;b>&amp;"));
});
