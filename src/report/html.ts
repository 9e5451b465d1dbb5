import { unmask } from "#src/report/deceptive";

/** Markup that is safe to stand in a page: it was built by `html`, which escapes everything else. */
export interface Markup {
  readonly markup: string;
}

type Part = Markup | string | number | readonly Markup[];

/** Builds markup from a template. Every text in it is escaped, so that untrusted text stays text; markup stays markup. */
export function html(literals: TemplateStringsArray, ...parts: Part[]): Markup {
  const written = literals.map((literal, index) => literal + write(parts[index] ?? ""));
  return { markup: written.join("") };
}

/** Escapes a text for content and quoted attributes; line breaks become spaces, deceptive characters a visible mark. */
export function escapeHtml(text: string): string {
  return unmask(text)
    .replace(/[\r\n\t]+/g, " ")
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/"/g, "&quot;")
    .replace(/'/g, "&#39;");
}

/** Links to an address of the web; any other address, such as a script's, is shown as text. */
export function link(address: string, text: string): Markup {
  return /^https?:\/\//i.test(address) ? html`<a href="${address}" rel="noreferrer">${text}</a>` : html`${text}`;
}

function write(part: Part): string {
  if (typeof part === "number") return String(part);
  if (typeof part === "string") return escapeHtml(part);
  return "markup" in part ? part.markup : part.map(({ markup }) => markup).join("");
}
