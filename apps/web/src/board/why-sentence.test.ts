import type { WhyHappening, WhyStep } from '@cordboard/core';
import { expect, test } from 'vitest';
import { en } from '../i18n/en.ts';
import { fr } from '../i18n/fr.ts';
import { shortly, tellStep } from './why-sentence.ts';

const names = { queue: () => 'Support', agent: () => 'Ana' };
const step = (happening: object): WhyStep => ({ n: 1, at: 0, ...happening }) as unknown as WhyStep;

const breakable = (text: string): string => text.replaceAll('\u00a0', ' ');

const happenings: Readonly<Record<WhyHappening['is'], object>> = {
  'number-dialled': { is: 'number-dialled', dnis: '+33170000010', ani: '+33612345678', policyVersion: 3 },
  'caller-identified': { is: 'caller-identified', customer: { id: 'z', name: 'Zoë' }, tookMs: 420 },
  'node-reached': { is: 'node-reached', node: 'menu', because: 'pressed 2' },
  'language-chosen': { is: 'language-chosen', language: 'fr' },
  'key-pressed': { is: 'key-pressed', node: 'menu', accepted: true },
  'attributes-set': { is: 'attributes-set', node: 'set', attributes: { subject: 'billing' } },
  'http-answered': { is: 'http-answered', node: 'order', ok: true, because: '', tookMs: 120 },
  'voicemail-left': { is: 'voicemail-left', box: 'support', recording: 'r', durationMs: 5000 },
  'survey-answered': { is: 'survey-answered', question: 'q1', score: 4 },
  'callback-requested': { is: 'callback-requested', queue: 'support', number: '+33612345678' },
  'number-rung': {
    is: 'number-rung',
    number: '+33199000001',
    trunk: 'demo',
    because: null,
    rangAfterMs: null,
    outcome: null,
  },
  held: { is: 'held', by: 'agent' },
  resumed: { is: 'resumed', by: 'agent' },
  'transfer-requested': { is: 'transfer-requested', kind: 'blind', by: 'ana', from: '101', to: { queue: 'support' } },
  'consultation-rung': { is: 'consultation-rung', extension: '102', agent: 'ana', rangAfterMs: null, outcome: null },
  'transfer-completed': { is: 'transfer-completed', kind: 'attended', agent: null, extension: '102' },
  'transfer-cancelled': { is: 'transfer-cancelled', kind: 'attended', because: 'target-left' },
  merged: { is: 'merged', into: 'c1' },
  'outbound-routed': {
    is: 'outbound-routed',
    number: '+33639980001',
    class: 'mobile',
    route: 'mobiles',
    callerId: '+33170000010',
    because: 'mobiles: fits',
  },
  'taken-alone': { is: 'taken-alone', extensions: ['101', '102'] },
  'turned-away': { is: 'turned-away', treatment: 'busy', because: '2 calls, limit 2' },
  'outbound-refused': { is: 'outbound-refused', because: 'not-permitted' },
  'trunk-passed': { is: 'trunk-passed', trunk: 'demo', because: 'all its 2 channels are taken' },
  'conversation-ended': { is: 'conversation-ended', agent: 'ana', talkedMs: 61_000 },
  forwarded: { is: 'forwarded', extension: '101', to: '102', occasion: 'busy' },
  'picked-up': { is: 'picked-up', extension: '101', by: '102', agent: 'ana' },
  parked: { is: 'parked', slot: 7, by: '101' },
  'parking-ended': { is: 'parking-ended', slot: 7, outcome: 'fetched' },
  'party-rung': { is: 'party-rung', party: '102' },
  'party-joined': { is: 'party-joined', party: '102' },
  'party-left': { is: 'party-left', party: '102' },
  'confirmation-asked': { is: 'confirmation-asked', agent: 'ana', number: '+33199000001' },
  queued: { is: 'queued', queue: 'support', priority: 5, position: 2, requires: { fr: 7 }, only: 'ana' },
  'policy-moved': { is: 'policy-moved', policyVersion: 4 },
  'queue-refused': { is: 'queue-refused', queue: 'support', exit: 'full', because: 'pressed 2' },
  'place-changed': { is: 'place-changed', queue: 'support', priority: 9, position: 1, because: 'pressed 2' },
  'requirements-relaxed': { is: 'requirements-relaxed', queue: 'support', requires: {}, step: 1 },
  'owner-passed': { is: 'owner-passed', queue: 'support', agent: 'ana' },
  'callback-reclaimed': { is: 'callback-reclaimed', ticket: 't1' },
  'customer-rung': { is: 'customer-rung', number: '+33612345678', trunk: 'demo', because: null },
  'callback-missed': { is: 'callback-missed', ticket: 't1', because: 'no-answer' },
  'position-announced': { is: 'position-announced', position: 2, waitMinutes: 1 },
  offered: { is: 'offered', agent: 'ana', extension: '101', waitedMs: 3400, rangAfterMs: 80, outcome: null },
  'extension-rung': {
    is: 'extension-rung',
    extension: '101',
    rangAfterMs: null,
    outcome: 'no-answer',
    afterMs: 15_000,
  },
  'queue-left': { is: 'queue-left', queue: 'support', outcome: 'answered', waitedMs: 4000 },
  answered: { is: 'answered', agent: 'ana', extension: '101' },
  ended: { is: 'ended', disposition: 'answered', endedBy: 'caller', talkedMs: 65_000 },
};

test('each step of a call is told in plain sentences', () => {
  const story = Object.values(happenings).map((happening) => tellStep(en, step(happening), names));
  expect(story.flatMap(({ sentence, asides }) => [sentence, ...asides]).map(breakable)).toEqual([
    '+33 6 12 34 56 78 dialled +33 1 70 00 00 10.',
    'By policy version 3.',
    'Recognised as Zoë, after 420 ms.',
    'Came to “menu”: pressed 2.',
    'Is spoken to in French.',
    'Pressed a key in “menu”.',
    '“set” noted: subject billing.',
    '“order” had its answer from outside after 120 ms.',
    'Left a message of 5.0 s in “support”.',
    'Answered “q1” with 4.',
    'Wants to be called back on +33 6 12 34 56 78, and keeps the place in “Support”.',
    '+33 1 99 00 00 01 was called over “demo”.',
    'Is ringing now.',
    'The agent put the caller on hold.',
    'The agent came back to the caller.',
    'Ana transferred the call to Support.',
    'The phone of Ana was rung, to be asked first.',
    'Is ringing now.',
    '102 has the call: the transfer is complete.',
    'The one who was asked hung up; the conversation went on as before.',
    'The two were joined with the caller whom the conversation was about.',
    '+33 6 39 98 00 01 is called by the route “mobiles”, as +33 1 70 00 00 10.',
    'mobiles: fits',
    'Call control was away: the telephone system rang 101, 102 by itself.',
    'There was no place for the call: the caller heard busy.',
    '2 calls, limit 2',
    'The caller may not call such numbers.',
    '“demo” was passed over: all its 2 channels are taken.',
    'The conversation with Ana ended after 1:01; the call goes on.',
    'Extension 101 is busy and sends the call to 102.',
    'Ana picked up the call that rang at 101.',
    '101 parked the call in place 7.',
    'Fetched from place 7.',
    '102 was called to join.',
    '102 joined.',
    '102 left.',
    '+33 1 99 00 00 01 answered for Ana, and was asked to press 1.',
    'Joined the line “Support” as number 2.',
    'Priority 5.',
    'Asks for fr 7.',
    'For Ana first.',
    'From here on by policy version 4.',
    'Was not taken into “Support”: pressed 2.',
    'Now number 1 in “Support”: pressed 2.',
    'Priority 9.',
    'Waited long enough that less is asked for: no skill.',
    'Ana did not become free in time: now anybody of “Support”.',
    'Called again meanwhile: the promised call back and its place are theirs.',
    'Was called back on +33 6 12 34 56 78 over “demo”.',
    'The call back was not answered.',
    'Was told: number 2 in line, about 1 minute.',
    'Offered to Ana (101) after 3.4 s in line.',
    'The phone rang after 80 ms.',
    'Is ringing now.',
    'Extension 101 was rung.',
    'Did not answer within 15.0 s.',
    'Left “Support” for an agent, after 4.0 s.',
    'Talks with Ana.',
    'The caller hung up, after 1:05 of talk.',
    'Answered',
  ]);
});

test('in French, no English is left over', () => {
  const story = Object.values(happenings).map((happening) => tellStep(fr, step(happening), names));
  expect(JSON.stringify(story)).not.toMatch(/\b(the|after|was|pressed|by)\b/i);
});

test('short times are told shortly', () => {
  expect([shortly(79.6), shortly(3449), shortly(59_999), shortly(61_000)].map(breakable)).toEqual([
    '80 ms',
    '3.4 s',
    '59.9 s',
    '1:01',
  ]);
});
