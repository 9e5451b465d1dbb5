import type { NamedRelease } from "#src/domain/release";
import type { ChannelLook } from "#src/ports/package-channel";

/** A look at a channel through a command of the project. */
export interface ChannelQuestion {
  /** Command that prints what is served as JSON. */
  run: string;
  /** Milliseconds after which it is stopped. */
  timeout: number;
  release: NamedRelease;
}

/** A channel of which only the project knows how it is asked. */
export interface CommandChannel {
  /** Runs the command in a fresh clone of the released commit, with an empty home. */
  look(question: ChannelQuestion): Promise<ChannelLook>;
}
