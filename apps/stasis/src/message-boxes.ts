import type { MessageBoxes } from '@cordboard/application';
import type { Database } from '@cordboard/database';

/** More than these nobody listens to in one call. */
const mostMessages = 100;

/** Callers' messages as they are kept. @param onFailure told why a box could not be opened */
export const createMessageBoxes = (
  { boxes, voicemails }: Pick<Database, 'boxes' | 'voicemails'>,
  onFailure: (error: unknown) => void,
): MessageBoxes => ({
  async open(box, pin) {
    try {
      const { hasPin } = await boxes.byName(box);
      if (!hasPin) return { is: 'no-pin' };
      const opened = await boxes.opens(box, pin.reveal());
      if (opened !== 'yes') return { is: opened === 'no' ? 'wrong-pin' : 'locked' };
      const { messages } = await voicemails.list({ limit: mostMessages, boxes: [box] });
      return { is: 'open', messages: messages.map(({ id, leftAt, heard }) => ({ id, leftAt, heard })) };
    } catch (error) {
      onFailure(error);
      return { is: 'unavailable' };
    }
  },
  async setHeard(message) {
    await voicemails.setHeard(message, true);
  },
  async remove(message) {
    await voicemails.remove(message);
  },
});
