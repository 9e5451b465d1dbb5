/** What the checkout is like. `head` is the full id of the commit it stands on. */
export interface CheckoutFacts {
  head: string;
  /** Whether history was cut off when it was fetched. */
  shallow: boolean;
  /** Paths that differ from the commit, untracked ones that git does not ignore included. */
  dirty: string[];
}

/** The checkout that is released from. */
export interface Checkout {
  /** Looks at it. Throws `plan.checkout-missing` where there is none. */
  look(): Promise<CheckoutFacts>;
}
