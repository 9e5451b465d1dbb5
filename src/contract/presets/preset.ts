/** A preset: part of a configuration, as it would be written, and what it is for. */
export interface Preset {
  about: string;
  config: Record<string, unknown>;
}
