/** Something the user can put right: what was expected and found, and what to do. Printed without a stack. */
export class Complaint extends Error {
  readonly hint: string;

  constructor(message: string, hint: string) {
    super(message);
    this.name = "Complaint";
    this.hint = hint;
  }
}
