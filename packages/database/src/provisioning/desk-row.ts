import type { Desk, ForwardTarget } from '@cordboard/core';

/** How a phone is set, as its row says it. */
export interface DeskRow {
  readonly forwardAlways: string | null;
  readonly forwardAlwaysTrunk: string | null;
  readonly forwardBusy: string | null;
  readonly forwardBusyTrunk: string | null;
  readonly forwardNoAnswer: string | null;
  readonly forwardNoAnswerTrunk: string | null;
  readonly forwardNoAnswerAfterMs: number;
  readonly doNotDisturb: boolean;
  readonly autoAnswer: boolean;
}

export const toDesk = (row: DeskRow): Desk => {
  const always = toTarget(row.forwardAlways, row.forwardAlwaysTrunk);
  const busy = toTarget(row.forwardBusy, row.forwardBusyTrunk);
  const noAnswer = toTarget(row.forwardNoAnswer, row.forwardNoAnswerTrunk);
  return {
    forwarding: {
      ...(always === undefined ? {} : { always }),
      ...(busy === undefined ? {} : { busy }),
      ...(noAnswer === undefined ? {} : { noAnswer: { ...noAnswer, afterMs: row.forwardNoAnswerAfterMs } }),
    },
    doNotDisturb: row.doNotDisturb,
    autoAnswer: row.autoAnswer,
  };
};

/** What is left out of the forwarding is gone. */
export const toDeskRow = ({ forwarding, doNotDisturb, autoAnswer }: Desk): Partial<DeskRow> => {
  const { always, busy, noAnswer } = forwarding;
  return {
    forwardAlways: always?.number ?? null,
    forwardAlwaysTrunk: always?.trunk ?? null,
    forwardBusy: busy?.number ?? null,
    forwardBusyTrunk: busy?.trunk ?? null,
    forwardNoAnswer: noAnswer?.number ?? null,
    forwardNoAnswerTrunk: noAnswer?.trunk ?? null,
    ...(noAnswer === undefined ? {} : { forwardNoAnswerAfterMs: noAnswer.afterMs }),
    doNotDisturb,
    autoAnswer,
  };
};

const toTarget = (number: string | null, trunk: string | null): ForwardTarget | undefined =>
  number === null ? undefined : { number, ...(trunk === null ? {} : { trunk }) };
