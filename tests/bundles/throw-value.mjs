// A machine on which reading the clock throws something that is no Error, once the action has begun.
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";

const values = { text: "a thrown text", undefined: undefined };
const value = values[process.env.THROWN];
let begun = false;

const append = fs.appendFileSync;
fs.appendFileSync = (...args) => {
  begun = true;
  return append(...args);
};
syncBuiltinESMExports();

const RealDate = Date;
globalThis.Date = class extends RealDate {
  constructor(...args) {
    if (begun && args.length === 0) throw value;
    super(...args);
  }
};
