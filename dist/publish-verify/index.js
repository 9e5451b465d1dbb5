import { run } from "../suite/index.js";
await run("publish-verify");
