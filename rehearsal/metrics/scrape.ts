import { type Labels, type SeriesStore, signature } from "./series.ts";
import { parseExposition } from "./text-format.ts";

/** Something with metrics to scrape. */
export interface Target {
  /** Becomes the label `job`. */
  name: string;
  /** The address of the exposition, path included. */
  url: string;
}

/** Scrapes one target at a time of one's choosing, in milliseconds. */
export interface Scraper {
  target: Target;
  /** Gives whether the target answered with metrics. */
  scrape(at: number): Promise<boolean>;
  /** Marks everything of the target as stale, its `up` too: it is no longer known. */
  vanish(at: number): void;
}

const TIMEOUT_MS = 5_000;

/** Stores `up` and the target's samples; what is missing in a scrape becomes stale, all of it when the scrape fails. */
export function scraper(target: Target, store: SeriesStore): Scraper {
  const own: Labels = { instance: new URL(target.url).host, job: target.name };
  const up: Labels = { __name__: "up", ...own };
  let present = new Map<string, Labels>();
  return { target, scrape, vanish };

  async function scrape(at: number) {
    const exposed = await expose(target.url).catch(() => undefined);
    const found = new Map<string, Labels>();
    for (const sample of exposed ?? []) {
      const labels = withOwn(sample.labels, own);
      found.set(signature(labels), labels);
      store.append(labels, { at: sample.at ?? at, value: sample.value });
    }
    markStale(at, found);
    store.append(up, { at, value: exposed ? 1 : 0 });
    return exposed !== undefined;
  }

  function vanish(at: number) {
    markStale(at, new Map());
    store.append(up, { at, value: null });
  }

  function markStale(at: number, found: Map<string, Labels>) {
    for (const [key, labels] of present) if (!found.has(key)) store.append(labels, { at, value: null });
    present = found;
  }
}

async function expose(url: string) {
  const response = await fetch(url, {
    signal: AbortSignal.timeout(TIMEOUT_MS),
    headers: { accept: "text/plain;version=0.0.4" },
  });
  if (!response.ok) throw new Error(`expected metrics at ${url}, found ${response.status}`);
  return parseExposition(await response.text());
}

/** A target cannot claim to be another: its own `job` and `instance` are kept as `exported_…`. */
function withOwn(labels: Labels, own: Labels): Labels {
  const renamed = Object.entries(labels).map(
    ([name, value]) => [name in own ? `exported_${name}` : name, value] as const,
  );
  return { ...Object.fromEntries(renamed), ...own };
}
