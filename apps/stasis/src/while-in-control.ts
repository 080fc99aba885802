import { LeaseLost, type Term } from '@cordboard/application';
import type { ControlReply } from '@cordboard/contracts';

type Result = ControlReply['result'];

/** Obeys as long as this process is in control; whoever asks another gets to hear it. */
export const whileInControl = async (term: Pick<Term, 'permit'>, work: () => Result): Promise<Result> => {
  try {
    await term.permit();
  } catch (error) {
    if (!(error instanceof LeaseLost)) throw error;
    return {
      ok: false,
      code: 'call-control-unavailable',
      detail: 'Another process has taken over the calls: ask again.',
    };
  }
  return work();
};
