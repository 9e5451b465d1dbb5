import type { IncomingHttpHeaders } from "node:http";
import { answer, type PypiAnswer, refusal } from "./answer.ts";
import type { ActivePypiFaults } from "./faults.ts";
import { listPage, projectsPage, type ShownFile, versionPage } from "./pages.ts";
import type { PypiRoute } from "./route.ts";
import { digestOf, type PypiStore, type StoredFile } from "./store.ts";

/** What reading an index takes: the files, the faults, and the time. */
export interface PypiReading {
  store: PypiStore;
  faults: ActivePypiFaults;
  now(): Date;
  /** Index of projects that nobody uploaded here. */
  others: string | undefined;
}

/** Answers a read, with every fault applied. */
export function answerPypiRead(reading: PypiReading, route: PypiRoute, headers: IncomingHttpHeaders): PypiAnswer {
  const refused = refuse(reading);
  if (refused) return refused;
  switch (route.kind) {
    case "projects":
      return projectsPage([...new Set(listed(reading, () => true).map(({ project }) => project))].sort(), headers);
    case "list":
      return list(reading, route.name, headers);
    case "version":
      return version(reading, route);
    case "file":
      return file(reading, route);
    default:
      return refusal(404, "Not Found");
  }
}

function refuse({ faults, now }: PypiReading): PypiAnswer | undefined {
  const limit = faults.limit();
  if (limit && now() < limit) {
    const { headers, ...rest } = refusal(429, "Too Many Requests");
    return { ...rest, headers: { ...headers, "retry-after": limit.toUTCString() }, fault: "limited" };
  }
  return faults.refusesRead() ? { ...refusal(503, "Service Unavailable"), fault: "unavailable" } : undefined;
}

function list(reading: PypiReading, name: string, headers: IncomingHttpHeaders): PypiAnswer {
  const ofProject = ({ project }: StoredFile) => project === name;
  if (reading.others !== undefined && !reading.store.files().some(ofProject)) return elsewhere(reading.others, name);
  const files = listed(reading, ofProject);
  const hidden = reading.store.files().filter(ofProject).length - files.length;
  const page =
    files.length === 0
      ? refusal(404, "Not Found")
      : listPage(
          name,
          files.map((each) => shown(reading, each)),
          headers,
        );
  const { now, faults } = reading;
  const stale = faults.listsAsOf(now()) < now();
  const altered = files.some(({ filename }) => faults.alters(filename));
  const yanked = files.some((each) => each.yanked !== null);
  const shaping: [boolean, PypiAnswer["fault"]][] = [
    [stale, "stale-list"],
    [hidden > 0, "lag"],
    [altered, "other-bytes"],
    [yanked, "yanked"],
  ];
  const fault = shaping.find(([is]) => is)?.[1];
  return fault ? { ...page, fault } : page;
}

function elsewhere(others: string, name: string): PypiAnswer {
  const { headers, ...rest } = answer(307, "text/plain", "");
  return { ...rest, headers: { ...headers, location: `${others.replace(/\/*$/, "/")}${name}/` } };
}

/** What the list holds by now, or held when it went stale: yanks that came later are not in it. */
function listed({ store, faults, now }: PypiReading, wanted: (file: StoredFile) => boolean): StoredFile[] {
  const asOf = faults.listsAsOf(now()).toISOString();
  return store
    .files()
    .filter((each) => wanted(each) && each.listedAt <= asOf)
    .map((each) => ({ ...each, yanked: each.yanked && each.yanked.at <= asOf ? each.yanked : null }));
}

function version(reading: PypiReading, route: { name: string; version: string | undefined }): PypiAnswer {
  const now = reading.now().toISOString();
  const known = reading.store.files().filter(({ project }) => project === route.name);
  const visible = known.filter(({ versionAt }) => versionAt <= now);
  const wanted = route.version ?? visible.at(-1)?.version;
  const files = visible.filter((each) => each.version === wanted);
  const lags = known.some((each) => each.version === route.version && each.versionAt > now);
  if (wanted === undefined || files.length === 0) {
    return { ...refusal(404, "Not Found"), ...(lags ? { fault: "lag" } : {}) };
  }
  return versionPage(
    route.name,
    wanted,
    files.map((each) => shown(reading, each)),
  );
}

function file(reading: PypiReading, { sha256, filename }: { sha256: string; filename: string }): PypiAnswer {
  const found = reading.store.find(filename);
  if (!found || shown(reading, found).sha256 !== sha256) return refusal(404, "Not Found");
  const content = contentOf(reading, found);
  const altered = reading.faults.alters(filename);
  return { ...answer(200, "application/octet-stream", content), ...(altered ? { fault: "other-bytes" } : {}) };
}

function contentOf({ store, faults }: PypiReading, { sha256, filename }: StoredFile): Buffer {
  const content = store.read(sha256) ?? Buffer.alloc(0);
  // Archives of both kinds may end with bytes that are not theirs, so clients still open it.
  return faults.alters(filename) ? Buffer.concat([content, Buffer.from("\n")]) : content;
}

function shown(reading: PypiReading, each: StoredFile): ShownFile {
  const altered = reading.faults.alters(each.filename);
  const content = altered ? contentOf(reading, each) : undefined;
  return {
    ...each,
    sha256: content && altered?.announced ? digestOf(content) : each.sha256,
    size: content?.length ?? each.size,
    yanked: each.yanked ? each.yanked.reason : null,
  };
}
