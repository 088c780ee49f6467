import { textIn } from './checked.ts';
import { timestampOut } from './json.ts';
import type { Member, Shape } from './shapes.ts';

/** Writes values as XML. https://smithy.io/2.0/spec/protocol-traits.html#xml-bindings */
export function toXml(shape: Shape, value: unknown, name: string): string {
  if (value === undefined || value === null) return '';
  if (shape.kind === 'list' && shape.traits['xmlFlattened'] !== undefined) {
    return (value as readonly unknown[]).map(item => toXml(shape.item(), item, name)).join('');
  }
  return element(name, content(shape, value));
}

function content(shape: Shape, value: unknown): string {
  switch (shape.kind) {
    case 'structure':
      return membersToXml(shape.members(), value);
    case 'list': {
      const item = shape.item();
      const name = textIn(item.traits['xmlName'], 'member');
      return (value as readonly unknown[]).map(each => toXml(item, each, name)).join('');
    }
    case 'map':
      return Object.entries(value as Record<string, unknown>)
        .map(([key, item]) =>
          element('entry', element('key', escapeXml(key)) + toXml(shape.item(), item, 'value'))
        )
        .join('');
    case 'timestamp':
      return String(timestampOut(value as Date, shape.format ?? 'date-time'));
    default:
      return escapeXml(String(value));
  }
}

export function membersToXml(members: readonly Member[], value: unknown): string {
  const held = value as Readonly<Record<string, unknown>>;
  return members
    .map(({ name, shape, traits }) => toXml(shape, held[name], textIn(traits['xmlName'], name)))
    .join('');
}

export const element = (name: string, inner: string): string => `<${name}>${inner}</${name}>`;

export function escapeXml(text: string): string {
  return text.replace(/[&<>"\r]/g, sign => `&#${sign.charCodeAt(0)};`);
}

/** An element that was read: its text, or what is in it. */
export interface XmlElement {
  readonly name: string;
  readonly text: string;
  readonly children: readonly XmlElement[];
}

const TOKEN = /<\?[^>]*\?>|<(\/?)([\w:.-]+)[^>]*?(\/?)>|([^<]+)/g;

/** Reads the small XML bodies of S3; no entities but those of XML, no CDATA. */
export function parseXml(text: string): XmlElement {
  const root = { name: '', text: '', children: [] as XmlElement[] };
  const open = [root];
  for (const [, end, name, empty, words] of text.matchAll(TOKEN)) {
    const here = open.at(-1) ?? root;
    if (words !== undefined) here.text += unescapeXml(words);
    else if (name !== undefined && end === '/') open.pop();
    else if (name !== undefined) {
      const child = { name, text: '', children: [] };
      here.children.push(child);
      if (empty !== '/') open.push(child);
    }
  }
  return root.children[0] ?? root;
}

const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'"
};

const unescapeXml = (text: string): string =>
  text.replace(/&(#x?)?(\w+);/g, (_, numeric: string | undefined, name: string) =>
    numeric === undefined
      ? (NAMED[name] ?? '')
      : String.fromCodePoint(Number.parseInt(name, numeric === '#x' ? 16 : 10))
  );

/** The values of an element, by a shape. */
export function fromXml(shape: Shape, { text, children }: XmlElement): unknown {
  if (shape.kind === 'structure') {
    return Object.fromEntries(
      shape.members().flatMap(member => {
        const name = textIn(member.traits['xmlName'], member.name);
        const found = children.filter(child => child.name === name);
        const [only] = found;
        if (only === undefined) return [];
        const flat = member.traits['xmlFlattened'] !== undefined;
        return [[member.name, flat ? itemsOf(member.shape, found) : fromXml(member.shape, only)]];
      })
    );
  }
  if (shape.kind === 'list') return itemsOf(shape, children);
  if (shape.kind === 'boolean') return text === 'true';
  return shape.kind === 'number' ? Number(text) : text;
}

const itemsOf = (shape: Shape, elements: readonly XmlElement[]): readonly unknown[] =>
  elements.map(each => fromXml(shape.item(), each));
