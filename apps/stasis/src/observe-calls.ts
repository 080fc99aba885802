import type { Fact } from '@cordboard/core';
import type { Logger } from '@cordboard/telemetry';

/** The main steps of each call, a log line each, found by the call's id. Nothing in them is a caller's. */
export const observeCalls =
  (log: Logger): ((facts: readonly Fact[]) => void) =>
  (facts) => {
    if (!log.isLevelEnabled('info')) return;
    const refused = facts.find((fact) => fact.type === 'CallTurnedAway' && fact.treatment === 'busy');
    if (refused?.type === 'CallTurnedAway') {
      // Of many at once a few lines are enough; the records have them all.
      log.warn({ callId: refused.call, because: refused.because }, 'call turned away');
      return;
    }
    for (const fact of facts) write(log, fact);
  };

const write = (log: Logger, fact: Fact): void => {
  if (fact.type === 'DriftHealed') {
    for (const { call, is, what } of fact.drifts)
      log.info({ callId: call, kind: is, what }, 'a difference with Asterisk was put right');
    return;
  }
  if (!('call' in fact)) return;
  const callId = fact.call;
  switch (fact.type) {
    case 'CallArrived': {
      const { from, direction = 'in', policyVersion } = fact;
      log.info({ callId, from, direction, policyVersion }, 'call arrived');
      return;
    }
    case 'CallQueued': {
      const { queue, position } = fact;
      log.info({ callId, queue, position }, 'call queued');
      return;
    }
    case 'AgentOffered': {
      const { queue, agent: agentId, attempt, waitedMs } = fact;
      log.info({ callId, queue, agentId, attempt, waitedMs }, 'call offered');
      return;
    }
    case 'OfferEnded': {
      const { agent: agentId, outcome } = fact;
      // Who accepts, answers: the next line but one.
      if (outcome !== 'accepted') log.info({ callId, agentId, outcome }, 'offer ended');
      return;
    }
    case 'CallAnswered': {
      const { queue, agent: agentId, waitedMs } = fact;
      log.info({ callId, queue, agentId, waitedMs }, 'call answered');
      return;
    }
    case 'TransferCompleted': {
      const { kind, by, agent: agentId } = fact;
      log.info({ callId, kind, by, agentId }, 'call transferred');
      return;
    }
    case 'CallEnded': {
      const { disposition, endedBy, talkedMs } = fact;
      log.info({ callId, disposition, endedBy, talkedMs }, 'call ended');
    }
  }
};
