import { askOf } from '../../ids.ts';
import type { HttpNode } from '../../policy/flow.ts';
import { later } from '../../time.ts';
import type { CallEvent } from '../event.ts';
import { filledOpenly } from '../known.ts';
import { after, type Step, stay, strayLeg, withAttributes } from '../moves.ts';
import type { CallState, In } from '../state.ts';
import { doing, type Going, ranOut, ringback } from './going.ts';
import { pointedAt } from './pointer.ts';

/** Asks another system. The call waits; nobody else does. */
export const askHttp = (call: CallState, node: HttpNode, going: Going): Step => {
  const { at, around } = going;
  const url = filledOpenly(node.url, call, at, around, encodeURIComponent);
  const fields = Object.entries(node.body).map(
    ([name, value]) => [name, filledOpenly(value, call, at, around)] as const,
  );
  if (url === undefined || fields.some(([, value]) => value === undefined))
    return going.on(node.failed, 'a secret that goes along is not known any more', call);
  const ask = askOf(call.id, call.made + 1);
  return [
    { ...doing(call, { is: 'asking', ask, until: later(at, node.timeoutMs) }, going), made: call.made + 1 },
    [
      ...ringback(call),
      {
        type: 'AskHttp',
        ask,
        method: node.method,
        url,
        headers: node.headers,
        timeoutMs: node.timeoutMs,
        ...(node.method === 'POST' ? { body: JSON.stringify(Object.fromEntries(fields)) } : {}),
      },
    ],
    [],
  ];
};

export const askingHttp = (call: In<'in-flow'>, node: HttpNode, event: CallEvent, going: Going): Step => {
  const { doing: progress } = call;
  if (progress.is !== 'asking') return stay(call);
  if (event.type === 'HttpAnswered' && event.ask === progress.ask) {
    const { answer, tookMs } = event;
    const read = answer.ok ? mapped(node, answer.body) : answer.because;
    return typeof read === 'string'
      ? failed(call, node, read, tookMs, going)
      : answered(call, node, read, tookMs, going);
  }
  return ranOut(event, progress)
    ? failed(call, node, `no answer within ${node.timeoutMs} ms`, node.timeoutMs, going)
    : strayLeg(call, event);
};

const answered = (
  call: In<'in-flow'>,
  node: HttpNode,
  attributes: Readonly<Record<string, string>>,
  tookMs: number,
  going: Going,
): Step =>
  after(
    [],
    [
      { type: 'HttpAnswered', node: call.node, ok: true, because: 'answered', tookMs },
      { type: 'AttributesSet', node: call.node, attributes },
    ],
    going.on(node.next, 'answered', withAttributes(call, attributes)),
  );

const failed = (call: In<'in-flow'>, node: HttpNode, because: string, tookMs: number, going: Going): Step =>
  after(
    [],
    [{ type: 'HttpAnswered', node: call.node, ok: false, because, tookMs }],
    going.on(node.failed, because, call),
  );

/** An attribute is a line on a card: longer than this it is cut. */
const longestValue = 500;

/** @returns what became of each attribute, or what is missing. */
const mapped = ({ map }: HttpNode, body: unknown): Readonly<Record<string, string>> | string => {
  const attributes: Record<string, string> = {};
  for (const [name, pointer] of Object.entries(map)) {
    const value = pointedAt(body, pointer);
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean')
      return `the answer has no text or number at ${pointer}`;
    attributes[name] = String(value).slice(0, longestValue);
  }
  return attributes;
};
