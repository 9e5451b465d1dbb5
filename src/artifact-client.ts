/** The artifact client as a bundle of its own, which the suite loads only where a stage hands evidence over. */
export { DefaultArtifactClient } from "@actions/artifact";
