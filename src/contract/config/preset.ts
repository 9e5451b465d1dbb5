import * as z from "zod";

/** Names of the presets that come with the suite. */
export const presetNames = ["small-project", "service", "ship-it-cli", "release-manager", "test-drive"] as const;

/** The preset that a configuration starts from. */
export const presetField = z
  .enum(presetNames)
  .optional()
  .describe(
    "Preset that lies under this file: its keys count where the file has none, gates are merged by id. docs/presets.md shows each in full.",
  );
