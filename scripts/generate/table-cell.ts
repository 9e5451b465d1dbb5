/** Writes a text as a cell of a Markdown table, on one line and without a column of its own. */
export function tableCell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}
