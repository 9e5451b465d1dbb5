import type { presetNames } from "#src/contract/config/preset";
import type { Preset } from "#src/contract/presets/preset";
import { releaseManager } from "#src/contract/presets/release-manager";
import { service } from "#src/contract/presets/service";
import { shipItCli } from "#src/contract/presets/ship-it-cli";
import { smallProject } from "#src/contract/presets/small-project";
import { testDrive } from "#src/contract/presets/test-drive";

/** The presets that come with the suite, by name. */
export const presets: Record<(typeof presetNames)[number], Preset> = {
  "small-project": smallProject,
  service,
  "ship-it-cli": shipItCli,
  "release-manager": releaseManager,
  "test-drive": testDrive,
};
