// Stands for a runner that cancels the job as soon as the stage listens for it.
process.on("newListener", (event) => {
  if (event === "SIGINT") process.nextTick(() => process.kill(process.pid, "SIGINT"));
});
