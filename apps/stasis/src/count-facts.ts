import type { CallFact, Disposition, Drift, Fact, OfferOutcome, TreatmentName } from '@cordboard/core';
import type { Metrics } from '@cordboard/telemetry';
import { countRinging } from './count-ringing.ts';

const waits = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1800];
const talks = [10, 30, 60, 120, 180, 300, 600, 1200, 1800, 3600];

/** What happens, counted as it happens: each fact once, in the process that tells it. */
export const countFacts = (metrics: Metrics): ((facts: readonly Fact[]) => void) => {
  const countCall = countCalls(metrics);
  const countOffer = countOffers(metrics);
  const countTrunk = countTrunks(metrics);
  const ringing = countRinging(metrics);
  const drift = metrics.counter('cordboard_drift_healed_total', 'Differences with Asterisk that were put right.', [
    'kind',
  ]);
  for (const kind of [...names(driftKinds), unnamed]) drift.inc({ kind }, 0);
  const alerts = metrics.counter('cordboard_alerts_total', 'What supervisors were told at once.', ['kind']);
  const countOther = (fact: Exclude<Fact, CallFact>): void => {
    if (fact.type === 'DriftHealed') {
      for (const { is } of fact.drifts) drift.inc({ kind: is });
      drift.inc({ kind: unnamed }, fact.count - fact.drifts.length);
    }
    if (fact.type === 'SupervisorAlerted') alerts.inc({ kind: fact.alert.is });
  };
  return (facts) => {
    for (const fact of facts) {
      ringing(fact);
      if (!('call' in fact)) countOther(fact);
      else {
        countCall(fact);
        countOffer(fact);
        countTrunk(fact);
      }
    }
  };
};

const countCalls = (metrics: Metrics): ((fact: CallFact) => void) => {
  const begun = metrics.counter('cordboard_calls_begun_total', 'Calls that have come, or gone out.', ['direction']);
  for (const direction of ['in', 'out', 'internal']) begun.inc({ direction }, 0);
  const ended = metrics.counter('cordboard_calls_ended_total', 'Calls that have ended, by how.', ['disposition']);
  for (const disposition of names(dispositions)) ended.inc({ disposition }, 0);
  const turnedAway = metrics.counter(
    'cordboard_calls_turned_away_total',
    'Calls for which there was no place, by what their callers met.',
    ['treatment'],
  );
  for (const treatment of names(treatments)) turnedAway.inc({ treatment }, 0);
  const talked = metrics.histogram(
    'cordboard_call_talk_seconds',
    'How long those talked whose call was answered.',
    [],
    talks,
  );
  const entered = metrics.counter('cordboard_queue_entered_total', 'Callers who have come into line.', ['queue']);
  const left = metrics.counter('cordboard_queue_left_total', 'Callers who have left a line, by how.', [
    'queue',
    'outcome',
  ]);
  const refused = metrics.counter('cordboard_queue_refused_total', 'Callers who were not let into line.', ['queue']);
  const waited = metrics.histogram(
    'cordboard_queue_answer_seconds',
    'How long callers waited in line, ringing included, until they were answered.',
    ['queue'],
    waits,
  );
  return (fact) => {
    switch (fact.type) {
      case 'CallArrived':
        begun.inc({ direction: fact.direction ?? 'in' });
        return;
      case 'CallQueued':
        entered.inc({ queue: fact.queue });
        return;
      case 'CallTurnedAway':
        turnedAway.inc({ treatment: fact.treatment });
        return;
      case 'QueueRefused':
        refused.inc({ queue: fact.queue });
        return;
      case 'QueueLeft':
        left.inc({ queue: fact.queue, outcome: fact.outcome });
        if (fact.outcome === 'answered') waited.observe({ queue: fact.queue }, fact.waitedMs / 1000);
        return;
      case 'CallEnded':
        ended.inc({ disposition: fact.disposition });
        if (fact.disposition === 'answered') talked.observe(fact.talkedMs / 1000);
    }
  };
};

const countOffers = (metrics: Metrics): ((fact: CallFact) => void) => {
  const made = metrics.counter('cordboard_offers_total', 'Calls that were offered to an agent.', ['queue']);
  const ended = metrics.counter('cordboard_offers_ended_total', 'What came of offers.', ['outcome']);
  for (const outcome of names(offerOutcomes)) ended.inc({ outcome }, 0);
  return (fact) => {
    if (fact.type === 'AgentOffered') made.inc({ queue: fact.queue });
    if (fact.type === 'OfferEnded') ended.inc({ outcome: fact.outcome });
  };
};

const countTrunks = (metrics: Metrics): ((fact: CallFact) => void) => {
  const tried = metrics.counter('cordboard_trunk_calls_total', 'Numbers rung over a trunk.', ['trunk']);
  const unanswered = metrics.counter('cordboard_trunk_unanswered_total', 'Numbers that did not answer, by trunk.', [
    'trunk',
    'outcome',
  ]);
  return (fact) => {
    if (fact.type === 'NumberRung') tried.inc({ trunk: fact.trunk });
    if (fact.type === 'NumberUnanswered' && fact.trunk !== undefined)
      unanswered.inc({ trunk: fact.trunk, outcome: fact.outcome });
  };
};

/** Of many differences the first ones are told by their kind. */
const unnamed = 'unnamed';

/** Told from the beginning as 0, so that the first one is seen as an increase. The compiler keeps them complete. */
const dispositions: Record<Disposition, true> = {
  answered: true,
  abandoned: true,
  overflowed: true,
  rejected: true,
  'completed-in-flow': true,
  lost: true,
  'not-reached': true,
};
const offerOutcomes: Record<OfferOutcome, true> = {
  accepted: true,
  'no-answer': true,
  refused: true,
  unreachable: true,
  'caller-left': true,
  'answered-elsewhere': true,
  lost: true,
};
const treatments: Record<TreatmentName, true> = { busy: true, message: true, overflow: true };
const driftKinds: Record<Drift['is'], true> = {
  'event-missed': true,
  'request-lost': true,
  'left-over': true,
  'caller-unknown': true,
};
const names = (of: Readonly<Record<string, true>>): readonly string[] => Object.keys(of);
