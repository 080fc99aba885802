import type { CallView } from '../call/view.ts';
import type { CallFact } from '../fact/fact.ts';

/** A call as it looks after one more fact: the same picture that call control has, made from what it told. */
export const viewAfter = (before: CallView | undefined, fact: CallFact): CallView | undefined => {
  if (fact.type === 'CallArrived') {
    return {
      id: fact.call,
      from: fact.from,
      direction: fact.direction ?? 'in',
      source: fact.source,
      ani: fact.ani,
      aniName: fact.aniName,
      dnis: fact.dnis,
      language: fact.language,
      customer: null,
      place: 'menu',
      since: fact.at,
      arrivedAt: fact.since ?? fact.at,
      queue: null,
      queuedAt: null,
      agent: fact.agent ?? null,
      extension: null,
      answeredAt: null,
      ...two,
      policyVersion: fact.policyVersion,
      attributes: fact.attributes ?? {},
    };
  }
  if (before === undefined) return undefined;
  switch (fact.type) {
    case 'CallerIdentified':
      return { ...before, customer: fact.customer };
    case 'PolicyMoved':
      return { ...before, policyVersion: fact.policyVersion };
    case 'LanguageChosen':
      return { ...before, language: fact.language };
    case 'AttributesSet':
      return { ...before, attributes: { ...before.attributes, ...fact.attributes } };
    case 'CallQueued':
      return { ...before, place: 'waiting', since: fact.at, queue: fact.queue, queuedAt: fact.queuedAt ?? fact.at };
    case 'AgentOffered':
      return (fact.together ?? 1) > 1
        ? { ...before, place: 'ringing', since: fact.at, agent: null, extension: null }
        : { ...before, place: 'ringing', since: fact.at, agent: fact.agent, extension: fact.extension };
    case 'OfferEnded':
      return fact.outcome === 'accepted' ||
        fact.outcome === 'caller-left' ||
        fact.outcome === 'answered-elsewhere' ||
        (fact.left ?? 0) > 0
        ? before
        : { ...before, place: 'waiting', since: fact.at, agent: null, extension: null };
    case 'ExtensionRung':
      return (fact.together ?? 1) > 1
        ? { ...before, place: 'ringing', since: fact.at, agent: null, extension: null }
        : { ...before, place: 'ringing', since: fact.at, agent: fact.agent, extension: fact.extension };
    case 'NumberRung':
      return { ...before, place: 'ringing', since: fact.at, agent: callingAgent(before), extension: fact.number };
    case 'ExtensionUnanswered':
      return (fact.left ?? 0) > 0 || fact.outcome === 'answered-elsewhere'
        ? before
        : { ...before, place: 'menu', since: fact.at, agent: null, extension: null };
    case 'NumberUnanswered':
      return { ...before, place: 'menu', since: fact.at, agent: callingAgent(before), extension: null };
    case 'ConversationEnded':
      return {
        ...before,
        place: 'menu',
        since: fact.at,
        agent: null,
        extension: null,
        queue: null,
        queuedAt: null,
        answeredAt: null,
        ...two,
      };
    case 'CallParked':
      return { ...before, place: 'waiting', since: fact.at };
    case 'ParkingEnded':
      return { ...before, place: 'menu', since: fact.at };
    case 'PartyLeft':
      return { ...before, agent: fact.agent, extension: fact.extension, third: null };
    case 'PartyRung':
      return { ...before, third: { party: fact.party, joined: false } };
    case 'PartyJoined':
      return { ...before, third: { party: fact.party, joined: true } };
    case 'CallHeld':
      return { ...before, onHold: true, heldSince: fact.at };
    case 'CallResumed':
      return { ...before, onHold: false, heldSince: null };
    case 'TransferRequested':
      return { ...before, agent: fact.by, extension: fact.from };
    case 'ConsultationRung':
      return { ...before, onHold: true, heldSince: fact.at, consulting: fact.extension, consultAnswered: false };
    case 'ConsultationBegan':
      return { ...before, consultAnswered: true };
    case 'TransferCancelled':
      return fact.kind === 'attended' && before.consulting !== null ? { ...before, ...two } : before;
    case 'QueueLeft':
      return fact.outcome === 'overflowed'
        ? { ...before, place: 'menu', since: fact.at, queue: null, queuedAt: null, agent: null, extension: null }
        : before;
    case 'CallAnswered':
      return {
        ...before,
        place: 'talking',
        since: fact.at,
        agent: fact.agent,
        extension: fact.extension,
        answeredAt: fact.at,
      };
    case 'CallTakenAlone':
    case 'CallTurnedAway':
    case 'OutboundRouted':
    case 'OutboundRefused':
    case 'TrunkPassed':
    case 'FlowStepped':
    case 'DigitPressed':
    case 'PositionAnnounced':
    case 'PhoneRang':
    case 'QueueRefused':
    case 'PlaceChanged':
    case 'RequirementsRelaxed':
    case 'OwnerPassed':
    case 'MessageSaid':
    case 'CallbackReclaimed':
    case 'CustomerRung':
    case 'CallbackMissed':
    case 'HttpAnswered':
    case 'VoicemailLeft':
    case 'SurveyAnswered':
    case 'CallbackRequested':
    case 'CallForwarded':
    case 'CallPickedUp':
    case 'ConfirmationAsked':
    case 'TransferCompleted':
    case 'CallMerged':
    case 'CallEnded':
      return before;
  }
};

/** Nobody waits, nobody is asked, and nobody joins. */
const two = { onHold: false, heldSince: null, consulting: null, consultAnswered: false, third: null } as const;

/** Who places the call goes on placing it, whatever is rung. */
const callingAgent = ({ direction, agent }: CallView): CallView['agent'] => (direction === 'out' ? agent : null);
