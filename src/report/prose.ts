import { html, type Markup } from "#src/report/html";
import { escapeMarkdown, inlineCode } from "#src/report/markdown";

/** Shows a sentence in a page: what stands between backticks as code, everything else as text. */
export function proseHtml(text: string): Markup {
  return html`${parts(text).map(({ code, words }) => (code ? html`<code>${words}</code>` : html`${words}`))}`;
}

/** Shows a sentence in Markdown: what stands between backticks as code, everything else escaped. */
export function proseMarkdown(text: string): string {
  return parts(text)
    .map(({ code, words }) => (code ? inlineCode(words) : escapeMarkdown(words)))
    .join("");
}

/** Backticks come in pairs around one line of text; one that is left over is text itself. */
function parts(text: string): { code: boolean; words: string }[] {
  return text
    .split(/(`[^`\r\n]+`)/)
    .filter((part) => part !== "")
    .map((part) => {
      const code = /^`[^`\r\n]+`$/.test(part);
      return { code, words: code ? part.slice(1, -1) : part };
    });
}
