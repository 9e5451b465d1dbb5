/** Version of the suite, written into every record; equal to the one in package.json (a test compares them). */
export const suiteVersion = "0.1.0";
