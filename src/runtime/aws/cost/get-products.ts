import type { AwsClients } from '../control/clients.ts';
import { asking } from '../control/errors.ts';
import type { ProductQuery } from './products.ts';
import type { GetProducts } from './refresh.ts';

/** Products of one answer at the most, which is what the API allows. */
const PAGE = 100;
/** Pages of one question at the most, so that an odd answer cannot go on for ever. */
const PAGES = 20;

function filtersOf(region: string, { usageContains, filters }: ProductQuery) {
  return [
    { Type: 'CONTAINS' as const, Field: 'usagetype', Value: usageContains },
    ...Object.entries({ regionCode: region, ...filters }).map(([Field, Value]) => ({
      Type: 'TERM_MATCH' as const,
      Field,
      Value
    }))
  ];
}

/** The SDK types the list as anything; it holds strings, some of them as objects of its own class. */
function textsOf(list: unknown): string[] {
  return Array.isArray(list) ? list.map(String) : [];
}

/** The Pricing API as a function. It answers from us-east-1 for all regions and needs pricing:GetProducts. */
export function getProductsWith(clients: Pick<AwsClients, 'pricing' | 'profile'>): GetProducts {
  return async (region, query, abortSignal) => {
    const call = { action: 'pricing:GetProducts', region: 'us-east-1', profile: clients.profile };
    const texts: string[] = [];
    let token: string | undefined;
    for (let page = 0; page < PAGES; page += 1) {
      const answer = await asking(call, async () =>
        (await clients.pricing()).getProducts(
          {
            ServiceCode: query.serviceCode,
            Filters: filtersOf(region, query),
            MaxResults: PAGE,
            ...(token === undefined ? {} : { NextToken: token })
          },
          { abortSignal }
        )
      );
      texts.push(...textsOf(answer.PriceList));
      token = answer.NextToken;
      if (token === undefined || token === '') break;
    }
    return texts;
  };
}
