/** A choice on the caller's way, as the card has it: `2 → support`. */
export const readChoice = (choice: string): { readonly key: string; readonly where: string } | undefined => {
  const found = /^(.) → (.+)$/.exec(choice);
  return found === null ? undefined : { key: found[1] ?? '', where: found[2] ?? '' };
};
