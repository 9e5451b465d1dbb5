import * as z from "zod";
import type { TargetManifest } from "#src/domain/target-manifest";

/** What one channel is called in the project's list, and how its platforms are named there. */
export interface Column {
  /** Id of the channel. */
  channel: string;
  /** Key of the channel in a target's `channels`. */
  key: string;
  /** Key of a target that holds the platform's name. */
  platform: string;
  /** Platforms that the channel can take; any where undefined. */
  within?: string[] | undefined;
}

/** How a project's list of targets is read. A channel without a column goes by its own key and the usual platform. */
export interface TargetReading {
  id: string;
  platform: string;
  columns: Column[];
}

const support = z.enum(["official", "preview"]).nullable();
const documentForm = z.object({
  schema_version: z.literal(1).optional(),
  targets: z.array(z.looseObject({ channels: z.record(z.string(), support) })).min(1),
});
type ForeignTarget = z.output<typeof documentForm>["targets"][number];
type Target = TargetManifest["targets"][number];

/** Reads a list of targets. Nothing is guessed: whatever is wrong with it is told at once, and then there is no manifest. */
export function readTargets(document: unknown, reading: TargetReading): TargetManifest | { complaints: string[] } {
  const parsed = documentForm.safeParse(document);
  if (!parsed.success) return { complaints: parsed.error.issues.map(formComplaint) };
  const found = parsed.data.targets.map((target, index) => readTarget(target, reading, `target ${index + 1}`));
  const targets = found.map(({ target }) => target);
  const complaints = [
    ...unnamedColumns(parsed.data.targets, reading),
    ...found.flatMap((one) => one.complaints),
    ...doubled(targets.map(({ id }) => id)).map((id) => `expected one target ${id}, found several`),
    ...doubled(
      targets.flatMap(({ offers }) => offers.map(({ channel, platform }) => `${platform} for ${channel}`)),
    ).map((offer) => `expected one target that offers ${offer}, found several`),
  ];
  return complaints.length > 0 ? { complaints } : { schema: "seaworthy-targets/1", targets };
}

function formComplaint({ path, message }: z.core.$ZodIssue): string {
  return `expected a list of targets, found at ${path.join(".") || "its beginning"}: ${message}`;
}

/** A column that no target has would demand nothing, and nobody would notice. */
function unnamedColumns(targets: ForeignTarget[], { columns }: TargetReading): string[] {
  return columns
    .filter(({ key }) => !targets.some(({ channels }) => Object.hasOwn(channels, key)))
    .map(({ key, channel }) => `expected a target with ${key} among its channels (for ${channel}), found none`);
}

function readTarget(foreign: ForeignTarget, reading: TargetReading, place: string) {
  const complaints: string[] = [];
  const id = textOf(foreign, reading.id);
  if (id === undefined) complaints.push(`expected ${reading.id} of ${place}, found none`);
  const offers = offersOf(foreign, reading).flatMap(({ column, level }) => {
    const platform = textOf(foreign, column.platform);
    const of = `${id ?? place} for ${column.channel}`;
    if (platform === undefined) complaints.push(`expected ${column.platform} of ${of}, found none`);
    else if (column.within && !column.within.includes(platform))
      complaints.push(`expected ${of} to be one of ${column.within.join(", ")}, found ${platform}`);
    return platform === undefined ? [] : [{ channel: column.channel, platform, support: level }];
  });
  const target: Target = { id: id ?? place, offers };
  return { target, complaints };
}

function offersOf({ channels }: ForeignTarget, { columns, platform }: TargetReading) {
  return Object.entries(channels).flatMap(([key, level]) => {
    const named = columns.filter((column) => column.key === key);
    const read: Column[] = named.length > 0 ? named : [{ channel: key, key, platform }];
    return level === null ? [] : read.map((column) => ({ column, level }));
  });
}

function textOf(foreign: ForeignTarget, key: string): string | undefined {
  const text = z.string().min(1).safeParse(foreign[key]);
  return text.success ? text.data : undefined;
}

function doubled(texts: string[]): string[] {
  return [...new Set(texts.filter((text, index) => texts.indexOf(text) !== index))];
}
