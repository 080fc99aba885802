import type { ControlReply } from '@cordboard/contracts';
import { isRefusalCode, Refusal } from '../http/refusal.ts';

/** @throws Refusal with what call control said, unless it said yes. */
export const obeyed = (result: ControlReply['result']): void => {
  if (result.ok) return;
  const { code, detail } = result;
  if (isRefusalCode(code)) throw new Refusal(code, detail);
  throw new Refusal('call-control-refused', detail === '' ? `Call control said: ${code}.` : detail);
};
