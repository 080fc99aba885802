import { BlockList, isIP, isIPv4 } from 'node:net';

/** A block of addresses in CIDR's two parts. */
interface Block {
  readonly address: string;
  readonly family: 'ipv4' | 'ipv6';
  readonly prefix: number;
}

/**
 * Whether Asterisk knows these addresses and no others. A name of a host is never known: what it stands for may have
 * changed.
 * @param wanted `10.1.1.1`, `10.2.0.0/16`, `2001:db8::/32`, `sip.example.net`
 * @param known as Asterisk writes them: `10.1.1.1/255.255.255.255`
 */
export const sameBlocks = (wanted: readonly string[], known: readonly string[]): boolean => {
  const [wants, knows] = [wanted.map(blockOf), known.map(blockOf)];
  const covers = (all: readonly (Block | undefined)[], one: Block | undefined): boolean =>
    all.some((other) => one !== undefined && other !== undefined && isSame(one, other));
  return wants.every((one) => covers(knows, one)) && knows.every((one) => covers(wants, one));
};

const blockOf = (text: string): Block | undefined => {
  const [address = '', mask] = text.trim().split('/');
  if (isIP(address) === 0) return undefined;
  const family = isIPv4(address) ? 'ipv4' : 'ipv6';
  const longest = family === 'ipv4' ? 32 : 128;
  if (mask === undefined) return { address, family, prefix: longest };
  const prefix = isIP(mask) === 0 ? Number(mask) : bitsOf(mask);
  return Number.isInteger(prefix) && prefix >= 0 && prefix <= longest ? { address, family, prefix } : undefined;
};

const isSame = (one: Block, other: Block): boolean => {
  if (one.family !== other.family || one.prefix !== other.prefix) return false;
  const block = new BlockList();
  block.addSubnet(one.address, one.prefix, one.family);
  return block.check(other.address, other.family);
};

/** How many bits of a mask are set: `255.255.0.0` has 16, `ffff:ffff::` has 32. */
const bitsOf = (mask: string): number => {
  const numbers = isIPv4(mask)
    ? mask.split('.').map(Number)
    : [...mask.replaceAll(':', '')].map((digit) => Number.parseInt(digit, 16));
  return numbers.reduce((bits, number) => bits + number.toString(2).replaceAll('0', '').length, 0);
};
