import * as z from "zod";
import { parseJson } from "#src/domain/parse-json";

/** A file as an index announces it. */
export interface IndexedFile {
  filename: string;
  /** Where it is served; undefined where what the index says is no address. */
  url: string | undefined;
  /** SHA-256 that the index announces; undefined where it announces none. */
  sha256: string | undefined;
  /** Why it is yanked, empty where nobody said; undefined where it is not. */
  yanked: string | undefined;
}

/** A page of an index, as it came from where. */
export interface IndexPage {
  type: string;
  address: string;
  bytes: Uint8Array;
}

/** What an index is asked for: JSON by PEP 691, or HTML by PEP 503 where it has nothing else. */
export const indexTypes =
  "application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html;q=0.2, text/html;q=0.1";

const listing = z.looseObject({
  meta: z.looseObject({ "api-version": z.string().regex(/^1\./) }),
  files: z.array(
    z.looseObject({
      filename: z.string(),
      url: z.string(),
      hashes: z.looseObject({ sha256: z.string().optional() }),
      yanked: z.union([z.boolean(), z.string(), z.null()]).default(false),
    }),
  ),
});

const anchor = /<a\s+([^>]*)>\s*([^<]*?)\s*<\/a>/gi;
const distribution = /\.(whl|tar\.gz|zip)$/;
const entities = new Map([
  ["amp", "&"],
  ["lt", "<"],
  ["gt", ">"],
  ["quot", '"'],
  ["apos", "'"],
]);

/** Reads the files of a project; undefined where the page is no list, such as a page for people. */
export function readIndexPage({ type, address, bytes }: IndexPage): IndexedFile[] | undefined {
  return /json/i.test(type) ? readJson(bytes, address) : readHtml(new TextDecoder().decode(bytes), address);
}

function readJson(bytes: Uint8Array, address: string): IndexedFile[] | undefined {
  const { data } = listing.safeParse(parseJson(bytes));
  return data?.files.map(({ filename, url, hashes, yanked }) => ({
    filename,
    url: URL.parse(url, address)?.href,
    sha256: hashes.sha256?.toLowerCase(),
    yanked: yankOf(yanked),
  }));
}

function yankOf(yanked: boolean | string | null): string | undefined {
  if (typeof yanked === "string") return yanked;
  return yanked ? "" : undefined;
}

/** Without a single file, HTML may be anything: a project of an index has some. */
function readHtml(page: string, address: string): IndexedFile[] | undefined {
  const files = [...page.matchAll(anchor)].flatMap(([, attributes = "", text = ""]) => {
    const href = attribute(attributes, "href");
    const filename = decoded(text);
    if (href === undefined || !distribution.test(filename)) return [];
    const url = URL.parse(href, address);
    const sha256 = /^#sha256=([0-9a-f]{64})$/i.exec(url?.hash ?? "")?.[1]?.toLowerCase();
    if (url) url.hash = "";
    return [{ filename, url: url?.href, sha256, yanked: attribute(attributes, "data-yanked") }];
  });
  return files.length > 0 ? files : undefined;
}

function attribute(attributes: string, name: string): string | undefined {
  const pattern = new RegExp(`(?:^|\\s)${name}(?:\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+)))?(?=\\s|$)`, "i");
  const match = pattern.exec(attributes);
  return match ? decoded(match[1] ?? match[2] ?? match[3] ?? "") : undefined;
}

function decoded(text: string): string {
  return text.replace(/&(?:#(\d{1,6})|#x([0-9a-f]{1,6})|([a-z]+));/gi, (whole, decimal, hexadecimal, name) => {
    if (decimal !== undefined) return characterOf(Number.parseInt(decimal, 10), whole);
    if (hexadecimal !== undefined) return characterOf(Number.parseInt(hexadecimal, 16), whole);
    return entities.get(String(name).toLowerCase()) ?? whole;
  });
}

function characterOf(code: number, whole: string): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
}
