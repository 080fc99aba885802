import type { AriTransport, Permit } from './transport.ts';

/**
 * A transport over which nothing is asked without a permit: what has to wait for one is asked when it is given, in the same
 * order, and what is not permitted any more never leaves this process.
 */
export const underPermit = (transport: AriTransport, permit: Permit): AriTransport => ({
  ...transport,
  request: (operation, parameters, options) => {
    const waiting = permit();
    return waiting === undefined
      ? transport.request(operation, parameters, options)
      : waiting.then(() => transport.request(operation, parameters, options));
  },
});
