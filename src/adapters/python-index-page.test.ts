import { describe, expect, it } from "vitest";
import { readIndexPage } from "#src/adapters/python-index-page";

const sha256 = "a".repeat(64);
const address = "http://127.0.0.1:1/simple/tide/";
const read = (type: string, text: string) => readIndexPage({ type, address, bytes: new TextEncoder().encode(text) });
const html = (text: string) => read("text/html; charset=utf-8", text);
const json = (value: unknown) => read("application/vnd.pypi.simple.v1+json", JSON.stringify(value));
const meta = { "api-version": "1.1" };

describe("the page of a project", () => {
  it("as JSON tells each file, its digest, and why it is yanked", () => {
    const files = [
      { filename: "tide-1.1.0.tar.gz", url: "/files/1", hashes: { sha256: sha256.toUpperCase() } },
      { filename: "tide-1.0.0.tar.gz", url: "../../files/2", hashes: {}, yanked: "leaks" },
      { filename: "tide-0.9.0.tar.gz", url: "http://127.0.0.1:2/3", hashes: { md5: "x" }, yanked: true },
    ];
    expect(json({ meta, name: "tide", files })).toEqual([
      { filename: "tide-1.1.0.tar.gz", url: "http://127.0.0.1:1/files/1", sha256, yanked: undefined },
      { filename: "tide-1.0.0.tar.gz", url: "http://127.0.0.1:1/files/2", sha256: undefined, yanked: "leaks" },
      { filename: "tide-0.9.0.tar.gz", url: "http://127.0.0.1:2/3", sha256: undefined, yanked: "" },
    ]);
  });

  it("takes a file for not yanked where the list says null", () => {
    const files = [{ filename: "tide-1.1.0.tar.gz", url: "/files/1", hashes: {}, yanked: null }];
    expect(json({ meta, name: "tide", files })).toMatchObject([{ yanked: undefined }]);
  });

  it("PUB-31: keeps a file whose address cannot be read, so that it is not taken for absent", () => {
    const files = [{ filename: "tide-1.1.0.tar.gz", url: "http://[", hashes: {} }];
    const told = [{ filename: "tide-1.1.0.tar.gz", url: undefined, sha256: undefined, yanked: undefined }];
    expect(json({ meta, name: "tide", files })).toEqual(told);
    expect(html('<a href="http://[">tide-1.1.0.tar.gz</a>')).toEqual(told);
  });

  it("as HTML tells the same", () => {
    const links = [
      `<a href="/files/1#sha256=${sha256}" data-requires-python="&gt;=3.9">tide-1.1.0.tar.gz</a>`,
      `<a data-yanked="a &amp; b &#39;c&#x27;" href='2'>tide-1.0.0-py3-none-any.whl</a>`,
      `<A HREF="3" data-yanked>tide-0.9.0.zip</A>`,
      '<a href="https://127.0.0.1/">about this index</a>',
    ];
    expect(html(`<html><body>${links.join("\n")}</body></html>`)).toEqual([
      { filename: "tide-1.1.0.tar.gz", url: "http://127.0.0.1:1/files/1", sha256, yanked: undefined },
      {
        filename: "tide-1.0.0-py3-none-any.whl",
        url: "http://127.0.0.1:1/simple/tide/2",
        sha256: undefined,
        yanked: "a & b 'c'",
      },
      { filename: "tide-0.9.0.zip", url: "http://127.0.0.1:1/simple/tide/3", sha256: undefined, yanked: "" },
    ]);
  });

  it("may say as JSON that there is no file, which HTML without one does not", () => {
    expect(json({ meta, name: "tide", files: [] })).toEqual([]);
    expect(html("<html><body>maintenance</body></html>")).toBeUndefined();
  });

  it.each([
    ["of another major version", { meta: { "api-version": "2.0" }, files: [] }],
    ["without a list", { meta }],
    ["that is no object", "maintenance"],
  ])("ALL-08: is not read as JSON %s", (_what, value) => {
    expect(json(value)).toBeUndefined();
  });
});
