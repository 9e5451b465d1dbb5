import { unmask } from "#src/report/deceptive";

/**
 * Escapes untrusted text for one line of Markdown: no markup, no mention, no link, no HTML, no line break. GitHub links bare
 * addresses by itself; a character without width inside of them keeps them text.
 */
export function escapeMarkdown(text: string): string {
  return unmask(text)
    .replace(/[\r\n]+/g, " ")
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/[\\`*_{}[\]()#+!|~]/g, "\\$&")
    .replace(/@(?=[\w-])/g, "@\u200B")
    .replace(/:(?=\/\/)/g, ":\u200B")
    .replace(/www(?=\.)/gi, "$&\u200B");
}

/** Writes untrusted text as inline code, whatever backticks it holds. */
export function inlineCode(text: string): string {
  const flat = unmask(text)
    .replace(/[\r\n]+/g, " ")
    .replace(/\|/g, "\\|");
  const longest = Math.max(0, ...[...flat.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return longest > 0 ? `${fence} ${flat} ${fence}` : `${fence}${flat}${fence}`;
}

/** Writes untrusted text as a code block that its content cannot leave. */
export function codeBlock(text: string, language = ""): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${unmask(text).replace(/\n$/, "")}\n${fence}`;
}

/** Writes a table. Cells are Markdown already; the caller escapes what is not its own text. */
export function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** Cuts a text to a number of UTF-8 bytes, on a line boundary, and says that it did. GitHub drops a summary of over 1 MiB whole. */
export function capBytes(text: string, limit: number): string {
  const bytes = new TextEncoder().encode(text);
  if (bytes.byteLength <= limit) return text;
  const notice = "\n\n_Cut here: the full text is in the evidence artifact._\n";
  const head = new TextDecoder().decode(bytes.subarray(0, limit - notice.length));
  return `${head.slice(0, Math.max(0, head.lastIndexOf("\n")))}${notice}`;
}
