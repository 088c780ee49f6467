import type { CloudFormation } from '@aws-sdk/client-cloudformation';

/** Calls one operation of CloudFormation; what it throws is a HeadraceError. */
export type CloudFormationCall = <Result>(
  operation: string,
  work: (client: CloudFormation) => Promise<Result>
) => Promise<Result>;
