const answering = /\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?|refs?|issues?)\b:?\s+((?:#\d+(?:\s*(?:,|and)\s*)?)+)/gi;

/**
 * Finds the numbers of the issues that a commit's message says it answers: those after a word such as `closes`, else those
 * in its subject. The number in brackets at the subject's end is a pull request's, and no issue.
 */
export function issuesAnswered(message: string): string[] {
  const told = [...message.matchAll(answering)].flatMap(([, list = ""]) => numbersIn(list));
  const [subject = ""] = message.split("\n", 1);
  const own = /^Merge /.test(subject) ? "" : subject.replace(/\s*\(#\d+\)\s*$/, "");
  return [...new Set(told.length > 0 ? told : numbersIn(own))];
}

function numbersIn(text: string): string[] {
  return [...text.matchAll(/(?<![\w/#&])#([1-9]\d*)\b/g)].map(([, number = ""]) => number);
}
