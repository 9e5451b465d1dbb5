/** A tag as the checkout holds it: the commit behind it, and when it was made, in its own offset (ISO 8601). */
export interface DatedTag {
  commit: string;
  date: string;
}

/** When tags were made. */
export interface TagDates {
  /** Looks a tag up in the checkout; undefined where the checkout does not hold it. Of a lightweight tag the date is its commit's. */
  find(tag: string): Promise<DatedTag | undefined>;
}
