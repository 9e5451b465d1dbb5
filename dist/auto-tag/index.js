import { run } from "../suite/index.js";
await run("auto-tag");
