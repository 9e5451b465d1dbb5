/** The rules that the repository has for tags. */
export interface TagRules {
  /**
   * Names the rulesets that forbid who asks to create a tag, without trying to; rules from which who asks is exempt are left out.
   */
  against(tag: string): Promise<{ rulesets: string[] } | { unknown: string }>;
}
