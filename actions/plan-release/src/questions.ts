import { question } from "#src/domain/question";

/** The questions that arise only where something is released: asked there, and not applicable anywhere else. */
export const releaseQuestions = {
  base: question("base", "The release before is known and on the remote"),
  increase: question("version-increased", "The version is above every released one"),
  commits: question("commits", "The commits since the release before are known"),
  section: question("changelog-section", "The changelog describes exactly this version, once"),
};
