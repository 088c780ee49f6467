import * as sdk from '@aws-sdk/client-resource-groups-tagging-api';
import type { World } from '../world/world.ts';
import { pageOf, pairs, type Action, type Service } from './service.ts';

interface Tagged {
  readonly arn: string;
  readonly tags: Readonly<Record<string, string>>;
}

const getResources: Action<sdk.GetResourcesCommandInput, sdk.GetResourcesCommandOutput> = (
  input,
  { world }
) => {
  const chosen = tagged(world).filter(each => fits(each, input));
  const { items, next } = pageOf(
    world,
    chosen,
    input.PaginationToken === '' ? undefined : input.PaginationToken,
    input.ResourcesPerPage ?? world.pageSize
  );
  return {
    PaginationToken: next ?? '',
    ResourceTagMappingList: items.map(({ arn, tags }) => ({ ResourceARN: arn, Tags: pairs(tags) }))
  };
};

/** Things that have tags, and stacks. */
function tagged(world: World): readonly Tagged[] {
  const things = [...world.things.values()].flatMap(({ arn, tags }) =>
    arn === null || Object.keys(tags).length === 0 ? [] : [{ arn, tags }]
  );
  const stacks = [...world.stacks.values()]
    .filter(({ deletedAt, source }) => deletedAt === null && source !== null)
    .map(({ id, source }) => ({ arn: id, tags: source?.tags ?? {} }));
  return [...things, ...stacks.filter(({ tags }) => Object.keys(tags).length > 0)];
}

function fits({ arn, tags }: Tagged, input: sdk.GetResourcesCommandInput): boolean {
  const keys = (input.TagFilters ?? []).every(({ Key: key = '', Values: values = [] }) => {
    const value = tags[key];
    return value !== undefined && (values.length === 0 || values.includes(value));
  });
  const types = input.ResourceTypeFilters ?? [];
  return keys && (types.length === 0 || types.some(type => isOfType(arn, type)));
}

/** `ec2:vpc` is `arn:aws:ec2:…:vpc/…`; `s3` is everything of S3. */
function isOfType(arn: string, type: string): boolean {
  const [service, resource] = type.split(':');
  const [, , own, , , ...rest] = arn.split(':');
  if (own !== service) return false;
  return resource === undefined || new RegExp(`^/?${resource}s?([/:]|$)`).test(rest.join(':'));
}

/** https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/ */
export const tagging: Service = {
  name: 'tag',
  signingName: 'tagging',
  sdk,
  protocol: 'json',
  actions: { GetResources: getResources }
};
