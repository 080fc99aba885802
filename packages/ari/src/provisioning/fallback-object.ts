import { isExtension } from '../translate/translate.ts';
import { codecs, common } from './endpoint-settings.ts';
import type { PjsipObject } from './pjsip-object.ts';

/** The endpoint that the dialplan finds the phones in that it rings by itself (extensions.conf, `degraded`). */
export const fallbackName = 'fallback';

/** Nobody calls from here: it only names the places where the phones are registered. */
export const fallbackObject = (extensions: readonly string[]): PjsipObject => ({
  type: 'endpoint',
  id: fallbackName,
  settings: {
    aors: extensions.filter(isExtension).join(','),
    identify_by: 'ip',
    callerid: fallbackName,
    // Never used; without any, Asterisk cannot read the endpoint again.
    allow: codecs('alaw', 'ulaw'),
    ...common(undefined),
  },
});
