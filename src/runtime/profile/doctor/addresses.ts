import { BlockList, isIP } from 'node:net';

/** RFC 1918, RFC 6598 and RFC 4193: addresses that only their own network reaches. */
const PRIVATE: readonly (readonly [net: string, prefix: number, family: 'ipv4' | 'ipv6'])[] = [
  ['10.0.0.0', 8, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['fc00::', 7, 'ipv6']
];

export function isPrivateAddress(address: string): boolean {
  const list = new BlockList();
  for (const [net, prefix, family] of PRIVATE) list.addSubnet(net, prefix, family);
  return list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

export interface Address {
  readonly host: string;
  readonly port: number;
}

/** `host:port` in its parts; brackets of an IPv6 address are left out. */
export function parseAddress(text: string): Address {
  const at = text.lastIndexOf(':');
  return {
    host: text.slice(0, at).replace(/^\[(.*)\]$/, '$1'),
    port: Number(text.slice(at + 1))
  };
}
