import type { WhyStep } from '@cordboard/core';
import { clockDuration } from '../format/duration.ts';
import { phoneNumber } from '../format/number.ts';
import type { Words } from '../i18n/language.ts';
import { inWords } from '../i18n/phrases.ts';
import { numberOf } from './who.ts';

/** The names that the reader knows things by. */
export interface Names {
  queue(id: string): string;
  agent(id: string): string;
}

/** What a step says: the sentence, and what belongs to it. */
export interface Told {
  readonly sentence: string;
  readonly asides: readonly string[];
}

/** A short while reads `420 ms`, `3.4 s`; a long one as a clock. */
export const shortly = (ms: number): string => {
  if (ms < 1000) return `${Math.round(ms)}\u00a0ms`;
  return ms < 60_000 ? `${(Math.floor(ms / 100) / 10).toFixed(1)}\u00a0s` : clockDuration(ms);
};

/** A step of a call's story, in plain sentences. */
export const tellStep = (words: Words, step: WhyStep, names: Names): Told => {
  const say = words.why;
  switch (step.is) {
    case 'number-dialled':
      return told(say.dialled(numberOf(words, step.ani), phoneNumber(step.dnis)), say.policy(step.policyVersion));
    case 'caller-identified':
      return told(
        step.customer === null
          ? say.unknown(shortly(step.tookMs))
          : say.identified(step.customer.name, shortly(step.tookMs)),
      );
    case 'node-reached':
      return told(say.reached(step.node, inWords(words, step.because)));
    case 'language-chosen':
      return told(say.language(words.card.languages[step.language]));
    case 'key-pressed':
      return told(step.accepted ? say.keyTaken(step.node) : say.keyRefused(step.node));
    case 'queued':
      return told(
        say.queued(names.queue(step.queue), step.position),
        ...(step.priority === 0 ? [] : [say.priority(step.priority)]),
        ...(Object.keys(step.requires).length === 0 ? [] : [say.requires(skills(words, step.requires))]),
        ...(step.only === null ? [] : [say.onlyOwner(names.agent(step.only))]),
      );
    case 'attributes-set':
      return told(say.attributes(step.node, listed(step.attributes)));
    case 'http-answered':
      return told(
        step.ok
          ? say.httpAnswered(step.node, shortly(step.tookMs))
          : say.httpFailed(step.node, inWords(words, step.because)),
      );
    case 'voicemail-left':
      return told(say.voicemail(step.box, shortly(step.durationMs)));
    case 'survey-answered':
      return told(say.survey(step.question, step.score));
    case 'callback-requested':
      return told(say.callbackWanted(names.queue(step.queue), phoneNumber(step.number)));
    case 'number-rung':
      return told(
        say.numberRung(phoneNumber(step.number), step.trunk),
        ...rung(words, step),
        ...(step.because === null ? [] : [step.because]),
      );
    case 'held':
      return told(say.held[step.by]);
    case 'resumed':
      return told(say.resumed[step.by]);
    case 'transfer-requested':
      return told(
        say.transferRequested[step.kind](
          step.by === null ? step.from : names.agent(step.by),
          'queue' in step.to
            ? names.queue(step.to.queue)
            : 'extension' in step.to
              ? step.to.extension
              : phoneNumber(step.to.number),
        ),
      );
    case 'consultation-rung':
      return told(
        say.consultationRung(step.agent === null ? phoneNumber(step.extension) : names.agent(step.agent)),
        ...rung(words, step),
      );
    case 'transfer-completed':
      return told(say.transferCompleted(step.agent === null ? phoneNumber(step.extension) : names.agent(step.agent)));
    case 'transfer-cancelled':
      return told(say.transferCancelled[step.because]);
    case 'merged':
      return told(say.merged);
    case 'outbound-routed':
      return told(say.outboundRouted(phoneNumber(step.number), step.route, phoneNumber(step.callerId)), step.because);
    case 'taken-alone':
      return told(
        step.extensions.length === 0
          ? say.takenAloneNobody
          : say.takenAlone(step.extensions.map((extension) => phoneNumber(extension)).join(', ')),
      );
    case 'turned-away':
      return told(say.turnedAway[step.treatment], inWords(words, step.because));
    case 'outbound-refused':
      return told(say.outboundRefused[step.because]);
    case 'trunk-passed':
      return told(say.trunkPassed(step.trunk, step.because));
    case 'forwarded':
      return told(say.forwarded[step.occasion](step.extension, phoneNumber(step.to)));
    case 'picked-up':
      return told(say.pickedUp(step.extension, step.agent === null ? step.by : names.agent(step.agent)));
    case 'parked':
      return told(say.parked(step.by, step.slot));
    case 'parking-ended':
      return told(say.parkingEnded[step.outcome](step.slot));
    case 'party-rung':
      return told(say.partyRung(phoneNumber(step.party)));
    case 'party-joined':
      return told(say.partyJoined(phoneNumber(step.party)));
    case 'party-left':
      return told(say.partyLeft(phoneNumber(step.party)));
    case 'confirmation-asked':
      return told(say.confirmationAsked(names.agent(step.agent), phoneNumber(step.number)));
    case 'conversation-ended':
      return told(say.conversationEnded(step.agent === null ? '' : names.agent(step.agent), shortly(step.talkedMs)));
    case 'policy-moved':
      return told(say.policyMoved(step.policyVersion));
    case 'queue-refused':
      return told(say.refusedBy(names.queue(step.queue), inWords(words, step.because)));
    case 'place-changed':
      return told(
        say.placeChanged(names.queue(step.queue), step.position, inWords(words, step.because)),
        say.priority(step.priority),
      );
    case 'requirements-relaxed':
      return told(say.relaxed(skills(words, step.requires)));
    case 'owner-passed':
      return told(say.ownerPassed(names.agent(step.agent), names.queue(step.queue)));
    case 'callback-reclaimed':
      return told(say.reclaimed);
    case 'customer-rung':
      return told(
        say.customerRung(phoneNumber(step.number), step.trunk),
        ...(step.because === null ? [] : [step.because]),
      );
    case 'callback-missed':
      return told(say.callbackMissed[step.because]);
    case 'position-announced':
      return told(
        step.waitMinutes === null ? say.announced(step.position) : say.announcedWait(step.position, step.waitMinutes),
      );
    case 'offered':
      return told(say.offered(names.agent(step.agent), step.extension, shortly(step.waitedMs)), ...rung(words, step));
    case 'extension-rung':
      return told(say.rung(step.extension), ...rung(words, step));
    case 'queue-left':
      return told(say.left[step.outcome](names.queue(step.queue), shortly(step.waitedMs)));
    case 'answered':
      return told(say.answered(step.agent === null ? step.extension : names.agent(step.agent)));
    case 'ended':
      return told(say.endedBy[step.endedBy](shortly(step.talkedMs)), say.dispositions[step.disposition]);
  }
};

const told = (sentence: string, ...asides: readonly string[]): Told => ({ sentence, asides });

/** `fr 7, billing 3` */
const listed = (entries: Readonly<Record<string, string | number>>): string =>
  Object.entries(entries)
    .map(([name, value]) => `${name}\u00a0${value}`)
    .join(', ');

const skills = (words: Words, levels: Readonly<Record<string, number>>): string =>
  Object.keys(levels).length === 0 ? words.why.anySkill : listed(levels);

const rung = (
  { why: say }: Words,
  {
    rangAfterMs,
    outcome,
    afterMs,
  }: Extract<WhyStep, { is: 'offered' | 'extension-rung' | 'number-rung' | 'consultation-rung' }>,
): readonly string[] => [
  ...(rangAfterMs === null ? [] : [say.rang(shortly(rangAfterMs))]),
  outcome === null ? say.ringing : say.outcomes[outcome](shortly(afterMs ?? 0)),
];
