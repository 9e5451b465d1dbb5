/** An issue or a pull request by its number in a repository; the repository is `owner/name` in lower case. */
export interface IssueAddress {
  repository: string;
  number: number;
}

/** Writes an address as people do, `owner/name#12`: one text for one address. */
export function addressText({ repository, number }: IssueAddress): string {
  return `${repository}#${number}`;
}
