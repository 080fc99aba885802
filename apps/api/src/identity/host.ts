import type { IncomingMessage } from 'node:http';

/** Proxies on this machine are believed, others are not: a header is written as easily as an address is not. */
export const trustedProxies = 'loopback';

/** The host that the browser asked for, with its port; of a proxy's word, when the proxy is on this machine. */
export const hostOf = ({ headers, socket }: Pick<IncomingMessage, 'headers' | 'socket'>): string => {
  const forwarded = headers['x-forwarded-host'];
  return isLoopback(socket.remoteAddress) && typeof forwarded === 'string'
    ? (forwarded.split(',')[0]?.trim() ?? '')
    : (headers.host ?? '');
};

export const isLoopback = (address: string | undefined): boolean =>
  address !== undefined && /^(::1|(::ffff:)?127(\.\d{1,3}){3})$/.test(address);
