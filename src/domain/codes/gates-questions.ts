/** Reason codes of gates whose question has a name of its own, whatever kind of gate asks it. */
export const gatesQuestionCodes = {
  "gates.local-check-failed": {
    meaning: "A check that the project makes of itself failed on the candidate.",
    remedy: "Read the leg's log.txt, repair the cause on a branch, and start the release again.",
    overridable: false,
  },
  "gates.unsafe-invariant-unclear": {
    meaning: "Unsafe code, or a boundary to other languages, does not say which invariant keeps it safe.",
    remedy: "State the invariant beside the code, and let it be reviewed.",
    overridable: false,
  },
  "gates.unsafe-untested": {
    meaning: "Unsafe code, or a boundary to other languages, has no test that passes.",
    remedy: "Write the test, or repair what it shows.",
    overridable: false,
  },
  "gates.concurrency": {
    meaning: "A race or a crash at a bad moment can leave invalid state behind.",
    remedy: "Repair the cause that the named test shows; a test that fails now and then has found something.",
    overridable: false,
  },
  "gates.api-breaking-unjustified": {
    meaning: "Something that users rely on has changed or gone, and the release's notes do not name it as breaking.",
    remedy:
      "Take the change back, or name each item under `Breaking` in the changelog and raise the version accordingly.",
    overridable: false,
  },
  "gates.docs-mismatch": {
    meaning: "What the documentation tells users to type does not do what it says.",
    remedy: "Correct the documentation or the product, whichever is wrong.",
    overridable: false,
  },
  "gates.docs-unreadable": {
    meaning: "The documentation holds no marked block of commands to try, so nothing of it is proven.",
    remedy: "Put the gate's marker as an HTML comment right above a fenced block of commands.",
    overridable: false,
  },
  "gates.bindings": {
    meaning: "A binding or a package of the product does not install or does not work.",
    remedy:
      "Look at the part that the message names. Where the class is environment, an index was out of reach: rerun the leg.",
    overridable: false,
  },
  "gates.ui-security": {
    meaning: "The review of what is reachable over the network found something open.",
    remedy: "Close each finding, and let the review be made again on the new commit.",
    overridable: false,
  },
  "gates.clean-install": {
    meaning: "In a clean place the product does not install, or does not start with what it declares.",
    remedy: "Declare what it needs at run time.",
    overridable: false,
  },
  "gates.process-leak": {
    meaning: "After the tests, processes or descriptors were left that nobody had ended.",
    remedy: "Find who started them, and end them there.",
    overridable: false,
  },
  "gates.recipe-part-missing": {
    meaning: "A part that a gate is made of has left no result, so the whole proves nothing.",
    remedy: "Let the recipe print `part <id>: passed` or `part <id>: failed` for each part that the gate names.",
    overridable: false,
  },
  "gates.scratch-unwritable": {
    meaning:
      "A folder for temporary files is not there or cannot be written, so tools fail for a reason that is not theirs.",
    remedy: "Let the job make the folder, and name it in the gate's `scratch`.",
    overridable: false,
  },
  "gates.log-findings": {
    meaning: "The log of the tests holds warnings or errors that nobody has allowed.",
    remedy: "Repair what they speak of, or allow them in the gate, with a reason.",
    overridable: false,
  },
} as const;
