/** What a carrier says of our registration. */
export type Registration =
  | { readonly is: 'registered' | 'unregistered' }
  | { readonly is: 'rejected'; readonly status: number }
  | { readonly is: 'no-answer' };
