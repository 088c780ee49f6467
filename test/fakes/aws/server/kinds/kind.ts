import { textIn } from '../wire/checked.ts';
import type { Thing, World } from '../world/world.ts';

/** What a new resource is made from. */
export interface Maker {
  readonly world: World;
  readonly stack: string;
  readonly logicalId: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

export interface Identity {
  /** What `Ref` gives. */
  readonly id: string;
  /** Null for what cannot have tags. */
  readonly arn: string | null;
}

/** How one type of resource lives. */
export interface Kind {
  readonly type: string;
  /** From the start of its making to its end. */
  readonly steps: number;
  readonly identify: (maker: Maker) => Identity;
  /** What `Fn::GetAtt` gives, by name. */
  readonly attributes: Readonly<Record<string, (thing: Thing, world: World) => string>>;
  /** States while it is made, and then. */
  readonly states: readonly [making: string, ready: string];
  /** Properties whose change makes a new one. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-update-behaviors.html */
  readonly replacing: readonly string[];
  /** Those whose change may do so. */
  readonly perhapsReplacing: readonly string[];
  /** A property that no two of the account may share. */
  readonly unique?: string;
  /** What else is there once it is made. */
  readonly made?: (thing: Thing, world: World) => void;
  /** State while it is changed in place. */
  readonly changing?: string;
  /** Why it cannot be changed in place now; null where it can. */
  readonly fixed?: (thing: Thing) => string | null;
  /** Why it cannot be deleted now; null where it can. */
  readonly held?: (thing: Thing, world: World) => string | null;
  /** What goes with it. */
  readonly gone?: (thing: Thing, world: World) => void;
}

interface KindOptions extends Partial<Omit<Kind, 'type' | 'identify' | 'replacing'>> {
  readonly replacing?: string;
  readonly perhaps?: string;
}

export function kind(type: string, identify: Kind['identify'], options: KindOptions = {}): Kind {
  const { replacing = '', perhaps = '', ...rest } = options;
  return {
    steps: 1,
    attributes: {},
    states: ['CREATING', 'AVAILABLE'],
    ...rest,
    type,
    identify,
    replacing: words(replacing),
    perhapsReplacing: words(perhaps)
  };
}

const words = (text: string): readonly string[] => text.split(' ').filter(word => word !== '');

/** The name that the template gives, or one that CloudFormation makes up. */
export function nameFrom(property: string, maker: Maker): string {
  const given = maker.properties[property];
  if (typeof given === 'string') return given;
  return `${maker.stack}-${maker.logicalId}-${maker.world.hex(12).toUpperCase()}`;
}

export const idOf = (thing: Thing): string => thing.id;
export const arnOfThing = (thing: Thing): string => thing.arn ?? thing.id;
export const property =
  (name: string) =>
  (thing: Thing): string =>
    textIn(thing.properties[name]);
