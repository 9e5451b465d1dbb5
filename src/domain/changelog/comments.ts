/** A line without its comments; `open` says that a comment goes on after it. */
export interface Uncommented {
  text: string;
  open: boolean;
}

/** An escaped angle bracket opens nothing. */
const opening = /(?<!(?:^|[^\\])(?:\\\\)*\\)<!--/;

/** Cuts HTML comments out of a line. One that stands in inline code is text, and one that never closes hides the rest. */
export function cutComments(raw: string, open: boolean): Uncommented {
  let text = "";
  let rest = raw;
  let inside = open;
  for (;;) {
    const at = inside ? rest.indexOf("-->") : maskCode(rest).search(opening);
    if (!inside) text += at < 0 ? rest : rest.slice(0, at);
    if (at < 0) return { text, open: inside };
    rest = rest.slice(at + (inside ? 3 : 2));
    inside = !inside;
  }
}

/** Blanks inline code out, length for length, so that what stands in it is neither a link nor a comment. */
export function maskCode(text: string): string {
  return text.replace(/(?<![\\`])(`+)(?!`)(.*?[^`])\1(?!`)/g, (code) => " ".repeat(code.length));
}
