import type { Extension } from '@cordboard/core';
import type { Channel } from '../operation/answers.ts';
import { isExtension } from '../translate/translate.ts';

/**
 * The phones that the dialplan has in a call of its own: of one that it has put through while nobody was in control, the
 * caller is in `Dial`, and whoever was rung in what Asterisk calls `AppDial`. A leg of call control's never is.
 */
export const phonesInDialplan = (channels: readonly Channel[]): ReadonlySet<Extension> =>
  new Set(
    channels
      .filter(({ dialplan }) => dialplan.app_name === 'Dial' || dialplan.app_name === 'AppDial')
      .map(({ name }) => /^PJSIP\/(\d+)-[0-9a-f]{8,}$/.exec(name)?.[1] ?? '')
      .filter(isExtension) as Extension[],
  );
