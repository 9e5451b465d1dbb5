import type { Reply } from "./problem.ts";
import type { Call, World } from "./world.ts";

/** Cuts one page out of a list, with GitHub's Link header; `wrap` puts it into the answer's form. */
export function page<T>(
  call: Call,
  world: World,
  all: readonly T[],
  wrap: (items: readonly T[], total: number) => unknown = (items) => items,
): Reply {
  const size = Math.min(100, Math.max(1, Number(call.query.per_page ?? 30)));
  const number = Math.max(1, Number(call.query.page ?? 1));
  const last = Math.max(1, Math.ceil(all.length / size));
  const items = all.slice((number - 1) * size, number * size);
  const links = [
    ...(number > 1 ? [link("prev", number - 1), link("first", 1)] : []),
    ...(number < last ? [link("next", number + 1), link("last", last)] : []),
  ];
  return { code: 200, body: wrap(items, all.length), headers: links.length > 0 ? { link: links.join(", ") } : {} };

  function link(rel: string, to: number): string {
    const query = new URLSearchParams({ ...call.query, page: String(to) });
    const path = call.operation.path.replace(/\{(\w+)\}/g, (_, name: string) =>
      encodeURIComponent(call.params[name] ?? ""),
    );
    return `<${world.place.apiUrl}${path}?${query}>; rel="${rel}"`;
  }
}
