/** What a program said of its trouble, on one line, without the credentials that an address may hold. */
export function complaintOf(words: string): string {
  return words
    .trim()
    .replace(/\/\/[^/@\s]*@/g, "//***@")
    .replace(/\s*\n\s*/g, "; ");
}
