import * as z from "zod";

/** What a pointer leads to; `undefined` where it leads nowhere. */
export type Pointed = { value: unknown } | undefined;

const object = z.record(z.string(), z.unknown());
const arrayIndex = /^(0|[1-9]\d*)$/;

/** Follows a JSON pointer (RFC 6901) through a parsed document. The empty pointer is the document itself. */
export function followPointer(document: unknown, pointer: string): Pointed {
  if (pointer === "") return { value: document };
  if (!pointer.startsWith("/")) return undefined;
  const start: Pointed = { value: document };
  return pointer
    .slice(1)
    .split("/")
    .map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"))
    .reduce<Pointed>((at, token) => at && step(at.value, token), start);
}

function step(value: unknown, token: string): Pointed {
  if (Array.isArray(value)) {
    const index = arrayIndex.test(token) ? Number(token) : value.length;
    return index < value.length ? { value: value[index] } : undefined;
  }
  const members = object.safeParse(value);
  return members.success && Object.hasOwn(members.data, token) ? { value: members.data[token] } : undefined;
}
