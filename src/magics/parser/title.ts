import type { MagicDefinition } from '../contract.ts';

/** `%topic create`, `%%stream`: a magic as a person writes it. */
export function titleOf(magic: MagicDefinition): string {
  const percent = magic.kinds.includes('line') ? '%' : '%%';
  return [percent + magic.name, magic.action].filter(part => part !== undefined).join(' ');
}
