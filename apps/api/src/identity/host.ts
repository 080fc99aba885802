import type { IncomingMessage } from 'node:http';
import { isIPv6 } from 'node:net';

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

/**
 * Who is counted as one at an address. Whoever has one IPv6 address has 2^64 of them, so the network is counted:
 * https://www.rfc-editor.org/rfc/rfc6177
 */
export const networkOf = (address: string): string => {
  const mapped = /^::ffff:(\d+(?:\.\d+){3})$/i.exec(address)?.[1];
  if (mapped !== undefined || !isIPv6(address)) return mapped ?? address;
  const [head = '', tail] = address.split('::');
  const front = head === '' ? [] : head.split(':');
  const back = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? [] : Array.from({ length: 8 - front.length - back.length }, () => '0');
  const network = [...front, ...zeros, ...back].slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16));
  return `${network.join(':')}::/64`;
};
