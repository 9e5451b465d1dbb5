import { run } from "../suite/index.js";
await run("watch-window");
