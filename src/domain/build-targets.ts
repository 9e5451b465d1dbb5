import * as z from "zod";

/** What a project promises for a platform: an official one has to be there, a preview is reported when it is not. */
export const promise = z.enum(["official", "preview"]);

/** A promise to users. */
export type Promised = z.infer<typeof promise>;

const target = z.strictObject({
  platform: z.string().min(1).describe("The platform as the project names it, such as `linux_amd64`."),
  standing: promise
    .nullable()
    .describe("What is promised where `channels` says nothing of a channel; null where nothing is."),
  channels: z
    .record(z.string(), promise.nullable())
    .describe("What is promised in a channel, by its id; null where users get nothing for this platform."),
});

/** The platforms that a release declares, each once. */
export const targetsSchema = z
  .array(target)
  .describe("Platforms that the project declares, as they stood at the commit; empty where it declares none.");

/** A platform that a release declares. */
export type BuildTarget = z.infer<typeof target>;

/** Lists the platforms that a channel promises, sorted; what a target says of the channel goes before its standing. */
export function platformsOf(targets: BuildTarget[], channel: string, wanted: Promised): string[] {
  return targets
    .filter(({ standing, channels }) => (Object.hasOwn(channels, channel) ? channels[channel] : standing) === wanted)
    .map(({ platform }) => platform)
    .sort();
}

/** Tells what is promised of a platform at all: the most that it promises in any channel; undefined where it is nothing. */
export function strongestPromise({ standing, channels }: BuildTarget): Promised | undefined {
  const promises = new Set(Object.keys(channels).length === 0 ? [standing] : Object.values(channels));
  return promise.options.find((one) => promises.has(one));
}

/** Lists platforms that are declared more than once: nobody knows which of their entries holds. */
export function doubledPlatforms(targets: BuildTarget[]): string[] {
  const platforms = targets.map(({ platform }) => platform);
  return [...new Set(platforms.filter((one, index) => platforms.indexOf(one) !== index))];
}
