import type { ControlReply } from '@cordboard/contracts';
import { isRefusalCode, Refusal, type RefusalCode } from '../http/refusal.ts';

/** Where call control has another word for what the API says already. */
const translated = new Map<string, RefusalCode>([['unknown-agent', 'no-such-agent']]);

/** @returns what call control said, when it said yes. @throws Refusal with what it said otherwise. */
export const obeyed = (result: ControlReply['result']): Extract<ControlReply['result'], { ok: true }> => {
  if (result.ok) return result;
  const { code, detail } = result;
  const known = translated.get(code) ?? code;
  if (isRefusalCode(known)) throw new Refusal(known, detail === '' ? `Call control said: ${code}.` : detail);
  throw new Refusal('call-control-refused', detail === '' ? `Call control said: ${code}.` : detail);
};
