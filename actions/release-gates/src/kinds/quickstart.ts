/** One command of a block, with the output that the block shows for it; undefined where it shows none. */
export interface ShownCommand {
  line: string;
  output: string | undefined;
}

/** Reads the commands of the first fenced block under a marker; undefined where there is no such block, or none in it. */
export function readQuickstart(text: string, marker: string): ShownCommand[] | undefined {
  const lines = text.split(/\r?\n/);
  const at = lines.findIndex((line) => line.trim() === `<!-- ${marker} -->`);
  if (at === -1) return undefined;
  const open = lines.findIndex((line, index) => index > at && line.trim() !== "");
  const fence = /^(`{3,}|~{3,})\s*([\w-]*)\s*$/.exec(lines[open] ?? "");
  if (!fence) return undefined;
  const close = lines.findIndex((line, index) => index > open && line.trim() === fence[1]);
  if (close === -1) return undefined;
  const block = lines.slice(open + 1, close);
  const commands = /^(console|shell-session|shellsession)$/.test(fence[2] ?? "") ? session(block) : script(block);
  return commands.length === 0 ? undefined : commands;
}

/** In a session, `$ ` begins a command, `> ` goes on with it, and everything else is what it prints. */
function session(block: string[]): ShownCommand[] {
  const commands: ShownCommand[] = [];
  for (const line of block) {
    const last = commands.at(-1);
    if (line.startsWith("$ ")) commands.push({ line: line.slice(2), output: undefined });
    else if (line.startsWith("> ") && last && last.output === undefined) last.line += `\n${line.slice(2)}`;
    else if (last) last.output = last.output === undefined ? line : `${last.output}\n${line}`;
  }
  return commands.map(({ line, output }) => ({ line, output: output?.trim() === "" ? undefined : output }));
}

function script(block: string[]): ShownCommand[] {
  const line = block.join("\n").trim();
  return /^\s*[^\s#]/m.test(line) ? [{ line, output: undefined }] : [];
}
