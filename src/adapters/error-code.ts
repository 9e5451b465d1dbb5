/** Names the code of a system call's error, such as `ENOENT`; undefined for any other value. */
export function codeOf(error: unknown): string | undefined {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : undefined;
}

/** Gives `fallback` where the error says that there is no such file; any other error is thrown on. */
export function whereAbsent<Value>(fallback: Value): (error: unknown) => Value {
  return (error) => {
    if (codeOf(error) === "ENOENT") return fallback;
    throw error;
  };
}
