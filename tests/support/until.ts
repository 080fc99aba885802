/** What was waited for did not come about. */
export class NeverCame extends Error {
  override readonly name = 'NeverCame';
}

/**
 * Asks again and again until the answer is there: for truths that send no event, such as Asterisk's list of channels.
 * @throws NeverCame with the last answer
 */
export const until = async <Answer>(
  what: string,
  ask: () => Answer | undefined | false | Promise<Answer | undefined | false>,
  { withinMs = 5000, everyMs = 25 } = {},
): Promise<Answer> => {
  const giveUpAt = Date.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > giveUpAt) throw new NeverCame(`${what}: not within ${withinMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
};
