import { runGit, settingVariables } from "#src/adapters/git-command";
import type { TagDates } from "#src/ports/tag-dates";

/** Reads the dates of tags from the checkout in a folder. What git cannot tell counts as a tag that is not there. */
export function localTagDates(directory: string): TagDates {
  const variables = settingVariables([["safe.directory", directory]]);
  const format = "--format=%(objectname) %(*objectname) %(creatordate:iso-strict)";
  return {
    find: async (tag) => {
      const answer = await runGit({ args: ["for-each-ref", format, `refs/tags/${tag}`], directory, variables });
      const row = answer.ok ? answer.output.toString("utf8").split("\n")[0] : undefined;
      const [, object = "", target, date = ""] = /^([0-9a-f]+) ([0-9a-f]+)? ?(\S+)$/.exec(row ?? "") ?? [];
      return Number.isNaN(Date.parse(date)) ? undefined : { commit: target ?? object, date };
    },
  };
}
