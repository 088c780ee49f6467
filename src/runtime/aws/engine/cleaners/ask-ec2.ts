import type { EC2, Filter } from '@aws-sdk/client-ec2';
import type { AwsClients } from '../../control/clients.ts';
import { asking } from '../../control/errors.ts';

/** Calls one operation of EC2; what it throws is a HeadraceError. */
export type AskEc2 = <Result>(
  operation: string,
  work: (ec2: EC2) => Promise<Result>
) => Promise<Result>;

export function ec2Of(clients: AwsClients): AskEc2 {
  const { region, profile } = clients;
  return (operation, work) =>
    asking({ action: `ec2:${operation}`, region, profile }, async () => work(await clients.ec2()));
}

/** A filter of EC2: one of these values. */
export function filter(Name: string, Values: readonly string[]): Filter {
  return { Name, Values: [...Values] };
}

interface Page {
  readonly NextToken?: string | undefined;
}

/** The answers of all pages. */
export async function allPages<Answer extends Page>(
  next: (token: { readonly NextToken?: string }) => Promise<Answer>
): Promise<readonly Answer[]> {
  const pages: Answer[] = [];
  for (let token: { readonly NextToken?: string } = {}; ;) {
    const page = await next(token);
    pages.push(page);
    if (page.NextToken === undefined || page.NextToken === '') return pages;
    token = { NextToken: page.NextToken };
  }
}
