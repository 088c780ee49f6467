import { arnOf } from '../world/world.ts';
import { arnOfThing, kind, nameFrom, type Kind } from './kind.ts';
import { machineKinds } from './machines.ts';
import { networkKinds } from './network.ts';
import { streamingKinds } from './streaming.ts';

/** The types that the server knows well. */
export const KINDS: readonly Kind[] = [...networkKinds, ...machineKinds, ...streamingKinds];

const byType: ReadonlyMap<string, Kind> = new Map(KINDS.map(each => [each.type, each]));

/** A type that the server does not know well is there, has a name and does nothing. Null is no type of AWS. */
export function kindOf(type: string): Kind | null {
  const known = byType.get(type);
  if (known !== undefined) return known;
  const [, service, resource] = /^AWS::(\w+)::(\w+)$/.exec(type) ?? [];
  if (service === undefined || resource === undefined) return null;
  return kind(
    type,
    maker => {
      const id = nameFrom('Name', maker);
      return { id, arn: arnOf(maker.world, service.toLowerCase(), `${resource}/${id}`) };
    },
    { attributes: { Arn: arnOfThing, Id: ({ id }) => id } }
  );
}
