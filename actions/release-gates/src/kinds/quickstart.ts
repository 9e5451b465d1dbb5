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

/** A script is taken line by line where its lines are commands of their own, so that each is judged; otherwise as one. */
function script(block: string[]): ShownCommand[] {
  const lines = joined(block).filter((line) => /^\s*[^\s#]/m.test(line));
  const commands = lines.every(isWhole) ? lines : [block.join("\n").trim()];
  return lines.length === 0 ? [] : commands.map((line) => ({ line, output: undefined }));
}

/** Puts a line that goes on in the next one together with it. */
function joined(block: string[]): string[] {
  const lines: string[] = [];
  let open = false;
  for (const line of block) {
    if (open) lines.push(`${lines.pop() ?? ""}\n${line}`);
    else lines.push(line);
    open = /(\\|&&|\|)\s*$/.test(line);
  }
  return lines;
}

const compound = /(^|[;&|])\s*(if|for|while|until|case|select|function|then|else|elif|do|\{)(\s|$)/m;

/** Tells whether a line is a command by itself: no part of a loop, no text of several lines, every bracket and quote closed. */
function isWhole(line: string): boolean {
  const bare = line.replace(/\\./g, "").replace(/'[^']*'|"[^"]*"/g, "");
  const pairs = [/\(/g, /\)/g, /\{/g, /\}/g].map((one) => bare.match(one)?.length ?? 0);
  const [opened, closed, begun, ended] = pairs;
  return !compound.test(bare) && !/<<|['"`]/.test(bare) && opened === closed && begun === ended;
}
