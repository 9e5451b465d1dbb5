import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readXml, type XmlElement } from "#src/domain/xml";

describe("an XML document", () => {
  it("is read with its elements and attributes", () => {
    const text = `\uFEFF<?xml version="1.0" encoding="UTF-8"?>\n<!-- a -->\n<a x='1&lt;2' y="&#233;&#x1F600;">t<b/><![CDATA[<c>&x;]]><d >&amp;</d ></a>\n`;
    expect(readXml(text)).toEqual({
      name: "a",
      attributes: new Map([
        ["x", "1<2"],
        ["y", "é😀"],
      ]),
      children: [element("b"), element("d")],
    });
  });

  it("is read with an end of CDATA in its text, as Node's reporter writes it", () => {
    expect(readXml("<a>]]> &gt;</a>")).toEqual(element("a"));
  });

  it.each([
    ["a document type", `<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>`],
    ["entities that multiply", `<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><a>&c;</a>`],
    ["an entity that nobody declared", "<a>&c;</a>"],
    ["an entity in an attribute", `<a b="&c;"/>`],
    ["a lone ampersand", "<a>b & c</a>"],
    ["a number that is no character", "<a>&#0;</a>"],
    ["a number beyond all characters", "<a>&#x110000;</a>"],
    ["a control character", "<a>\u001b</a>"],
    ["a declaration within", "<a><!ELEMENT b></a>"],
    ["another encoding", `<?xml version="1.0" encoding="UTF-16"?><a/>`],
    ["an attribute twice", `<a b="1" b="2"/>`],
    ["an attribute without quotes", "<a b=1/>"],
    ["a tag in an attribute", `<a b="<c>"/>`],
    ["a second root", "<a/><b/>"],
    ["text after the root", "<a/>b"],
    ["tags that cross", "<a><b></a></b>"],
    ["an end without a start", "</a>"],
    ["a missing end", "<a><b/>"],
    ["a comment without an end", "<a><!-- </a>"],
    ["a cut-off tag", `<a b="`],
    ["nothing", ""],
    ["no XML at all", "ok 1 - fine"],
  ])("is refused with %s", (_what, text) => {
    expect(() => readXml(text)).toThrow(RangeError);
  });

  it.each([
    ["characters", "<a></a>", { characters: 7 }, { characters: 6 }],
    ["elements", "<a><b/></a>", { elements: 2 }, { elements: 1 }],
    ["levels", "<a><b></b></a>", { depth: 2 }, { depth: 1 }],
    ["attributes", `<a b="" c=""/>`, { attributes: 2 }, { attributes: 1 }],
  ])("is read up to its limit of %s, and refused beyond", (_what, text, enough, tooFew) => {
    expect(readXml(text, enough).name).toBe("a");
    expect(() => readXml(text, tooFew)).toThrow(RangeError);
  });

  it("is read as it was written, whatever it says", () => {
    fc.assert(
      fc.property(tree, (wanted) => {
        expect(readXml(write(wanted))).toEqual(wanted);
      }),
    );
  });

  it("is never anything but read or refused, whatever the text", () => {
    const shards = fc.constantFrom(
      "<a>",
      "</a>",
      "<a",
      "/>",
      "<!--",
      "-->",
      "<![CDATA[",
      "]]>",
      "&amp;",
      "&#1;",
      ' b="',
      "<?",
      "?>",
      "x",
    );
    fc.assert(
      fc.property(fc.array(shards), (pieces) => {
        const outcome = attempt(pieces.join(""));
        expect(outcome === "read" || outcome === "refused").toBe(true);
      }),
    );
  });

  it("is refused in no more time than its length asks for", () => {
    const began = performance.now();
    expect(() => readXml(`<a>${'<b c="'.repeat(200_000)}`)).toThrow(RangeError);
    expect(() => readXml(`<a ${" ".repeat(1_000_000)}`)).toThrow(RangeError);
    expect(performance.now() - began).toBeLessThan(2_000);
  });
});

const name = fc.stringMatching(/^[a-z][a-z0-9.-]{0,5}$/);
const value = fc.string().map((text) => text.replace(/[^\t\n\r\u0020-\uD7FF]/g, ""));
const attributes = fc.dictionary(name, value, { maxKeys: 4 }).map((fields) => new Map(Object.entries(fields)));
const treeOf = (depth: number): fc.Arbitrary<XmlElement> =>
  fc.record({
    name,
    attributes,
    children: depth === 0 ? fc.constant([]) : fc.array(treeOf(depth - 1), { maxLength: 3 }),
  });
const tree = treeOf(3);

function element(name: string): XmlElement {
  return { name, attributes: new Map(), children: [] };
}

function write({ name, attributes, children }: XmlElement): string {
  const fields = [...attributes].map(([key, text]) => ` ${key}="${escaped(text)}"`);
  return `<${name}${fields.join("")}>${children.map(write).join("text")}</${name}>`;
}

function escaped(text: string): string {
  return text.replace(/[&<"]|[^ -~]/g, (character) => `&#${character.codePointAt(0)};`);
}

function attempt(text: string): unknown {
  try {
    readXml(text);
    return "read";
  } catch (thrown) {
    return thrown instanceof RangeError ? "refused" : thrown;
  }
}
