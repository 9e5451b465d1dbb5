import { BadQuery } from "./syntax.ts";
import type { Token } from "./tokens.ts";

/** Walks through the tokens of a query. */
export interface TokenReader {
  peek(ahead?: number): Token;
  next(): Token;
  /** Takes the next token if it is this word or symbol (never a string of the same content). */
  accept(text: string): boolean;
  expect(text: string): void;
  expectKind(kind: Token["kind"]): Token;
  /** The error for a word that the subset does not know; the caller throws it. */
  unsupported(what?: string): BadQuery;
}

/** Stays at the final `end` token. */
export function tokenReader(all: Token[]): TokenReader {
  let index = 0;
  const END: Token = { kind: "end", text: "end of input", place: "unknown position" };
  const peek = (ahead = 0) => all[Math.min(index + ahead, all.length - 1)] ?? END;

  function next() {
    const token = peek();
    index += 1;
    return token;
  }

  function accept(text: string) {
    const token = peek();
    const matches = token.kind !== "string" && token.kind !== "end" && token.text === text;
    if (matches) index += 1;
    return matches;
  }

  function unexpected(wanted: string) {
    const { place, text } = peek();
    return new BadQuery(`${place}: parse error: unexpected ${JSON.stringify(text)}, expected ${wanted}`);
  }

  return {
    peek,
    next,
    accept,
    expect(text) {
      if (!accept(text)) throw unexpected(JSON.stringify(text));
    },
    expectKind(kind) {
      if (peek().kind !== kind) throw unexpected(`a ${kind}`);
      return next();
    },
    unsupported(what = "syntax") {
      const { place, text, kind } = peek();
      if (kind === "end") return new BadQuery(`${place}: parse error: unexpected end of input`);
      return new BadQuery(`${place}: parse error: the rehearsal does not support the ${what} ${JSON.stringify(text)}`);
    },
  };
}
