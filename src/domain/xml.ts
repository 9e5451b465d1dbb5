/** An element of an XML document. Its texts are checked and left out: a test report says nothing in them that counts. */
export interface XmlElement {
  name: string;
  attributes: Map<string, string>;
  children: XmlElement[];
}

/** How large a document may be: characters and elements in all, depth, and attributes of one element. */
export interface XmlLimits {
  characters: number;
  elements: number;
  depth: number;
  attributes: number;
}

interface Reading {
  text: string;
  limits: XmlLimits;
  at: number;
  elements: number;
  open: XmlElement[];
  root: XmlElement | undefined;
}

const generous: XmlLimits = { characters: 64 * 1024 * 1024, elements: 1_000_000, depth: 64, attributes: 64 };

const nameToken = /[A-Za-z_:][\w:.-]*/y;
const attributeToken = /[ \t\r\n]+([A-Za-z_:][\w:.-]*)[ \t\r\n]*=[ \t\r\n]*(?:"([^"<]*)"|'([^'<]*)')/y;
const openingEnd = /[ \t\r\n]*(\/?)>/y;
const closingTag = /<\/([A-Za-z_:][\w:.-]*)[ \t\r\n]*>/y;
const declaration = /^\uFEFF?<\?xml[ \t\r\n]([^?>]*)\?>/;
const foreignEncoding = /encoding[ \t\r\n]*=[ \t\r\n]*["'](?!utf-?8["']|us-ascii["'])/i;
const reference = /&(?:(amp|lt|gt|quot|apos);|#(\d{1,7});|#x([0-9a-fA-F]{1,6});)?/g;
/** XML 1.0, production 2; lone surrogates are no characters. */
const noCharacter = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;
const named = new Map([
  ["amp", "&"],
  ["lt", "<"],
  ["gt", ">"],
  ["quot", '"'],
  ["apos", "'"],
]);

/**
 * Reads an XML 1.0 document, strictly: no document type, no entity besides the five and numbered characters, names in
 * ASCII. One thing is let through: `]]>` in a text, which Node's own test reporter writes. Throws `RangeError` for
 * anything else, and for a document beyond its limits.
 */
export function readXml(text: string, limits: Partial<XmlLimits> = {}): XmlElement {
  const bounds = { ...generous, ...limits };
  refuseIf(text.length > bounds.characters, `at most ${bounds.characters} characters`, `${text.length}`);
  refuseIf(noCharacter.test(text), "only characters that XML allows", "another one");
  const [head = text.startsWith("\uFEFF") ? "\uFEFF" : "", settings = ""] = declaration.exec(text) ?? [];
  refuseIf(foreignEncoding.test(settings), "a document in UTF-8", "another encoding");
  const reading: Reading = { text, limits: bounds, at: head.length, elements: 0, open: [], root: undefined };
  while (reading.at < text.length) readNext(reading);
  const { root, open } = reading;
  if (!root || open.length > 0) throw new RangeError("expected a whole XML document, found one that is cut off");
  return root;
}

function readNext(reading: Reading): void {
  const { text, at, open } = reading;
  const mark = text.indexOf("<", at);
  const words = text.slice(at, mark < 0 ? text.length : mark);
  if (open.length === 0) refuseIf(/[^ \t\r\n]/.test(words), "one root element", "text outside of it");
  decode(words);
  reading.at = mark < 0 ? text.length : mark;
  if (mark >= 0) readMarkup(reading);
}

function readMarkup(reading: Reading): void {
  const { text, at, open } = reading;
  if (text.startsWith("</", at)) close(reading);
  else if (text.startsWith("<!--", at)) skip(reading, 4, "-->");
  else if (text.startsWith("<![CDATA[", at) && open.length > 0) skip(reading, 9, "]]>");
  else if (text.startsWith("<?", at)) skip(reading, 2, "?>");
  else openElement(reading);
}

function skip(reading: Reading, lead: number, end: string): void {
  const found = reading.text.indexOf(end, reading.at + lead);
  refuseIf(found < 0, `a ${end}`, "the end of the document");
  reading.at = found + end.length;
}

function close(reading: Reading): void {
  const match = take(reading, closingTag);
  const element = reading.open.pop();
  refuseIf(
    !match || match[1] !== element?.name,
    `the end of ${element?.name ?? "nothing"}`,
    match?.[1] ?? "another text",
  );
}

function openElement(reading: Reading): void {
  const { limits, open } = reading;
  reading.at += 1;
  const name = take(reading, nameToken)?.[0];
  if (name === undefined) throw new RangeError("expected an element in the XML, found a document type or another text");
  const element: XmlElement = { name, attributes: readAttributes(reading), children: [] };
  reading.elements += 1;
  refuseIf(reading.elements > limits.elements, `at most ${limits.elements} elements`, "more");
  refuseIf(open.length >= limits.depth, `at most ${limits.depth} levels`, "more");
  const parent = open.at(-1);
  refuseIf(!parent && reading.root !== undefined, "one root element", "a second one");
  parent?.children.push(element);
  reading.root ??= element;
  const end = take(reading, openingEnd);
  refuseIf(!end, `the end of the tag of ${name}`, "another text");
  if (end?.[1] === "") open.push(element);
}

function readAttributes(reading: Reading): Map<string, string> {
  const found = new Map<string, string>();
  for (let match = take(reading, attributeToken); match; match = take(reading, attributeToken)) {
    const [, name = "", double, single = ""] = match;
    refuseIf(found.has(name), "each attribute once", `${name} twice`);
    found.set(name, decode(double ?? single));
    refuseIf(found.size > reading.limits.attributes, `at most ${reading.limits.attributes} attributes`, "more");
  }
  return found;
}

function take(reading: Reading, token: RegExp): RegExpExecArray | undefined {
  token.lastIndex = reading.at;
  const match = token.exec(reading.text);
  if (!match) return undefined;
  reading.at = token.lastIndex;
  return match;
}

function decode(words: string): string {
  if (!words.includes("&")) return words;
  return words.replace(reference, (whole: string, entity?: string, decimal?: string, hexadecimal?: string) => {
    if (entity !== undefined) return named.get(entity) ?? whole;
    const number = decimal ? Number(decimal) : Number.parseInt(hexadecimal ?? "", 16);
    refuseIf(!(number <= 0x10ffff), "one of the five entities or a numbered character after &", "another text");
    const character = String.fromCodePoint(number);
    refuseIf(noCharacter.test(character), "a number of a character that XML allows", `${number}`);
    return character;
  });
}

function refuseIf(wrong: boolean, wanted: string, found: string): void {
  if (wrong) throw new RangeError(`expected ${wanted} in the XML, found ${found}`);
}
