import { BlockList, isIP } from 'node:net';

/** Addresses of this machine, of the house's own network, or of nobody: https://www.iana.org/assignments/iana-ipv4-special-registry */
const innerV4 = new BlockList();
for (const [net, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  innerV4.addSubnet(net, prefix, 'ipv4');
const innerV6 = new BlockList();
for (const [net, prefix] of [
  ['::', 128],
  ['::1', 128],
  // IPv4 in IPv6's clothes: whatever it is, it should come as IPv4.
  ['::ffff:0:0', 96],
  ['64:ff9b::', 96],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  innerV6.addSubnet(net, prefix, 'ipv6');

/** Whether an address is one that nobody outside could reach: a question sent there would be asked in our name. */
export const isInner = (address: string): boolean => {
  const family = isIP(address);
  if (family === 0) return true;
  return family === 6 ? innerV6.check(address, 'ipv6') : innerV4.check(address, 'ipv4');
};
