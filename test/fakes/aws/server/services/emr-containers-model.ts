/**
 * The installed client of EMR on EKS is older than the schemas that newer ones carry, so these are written
 * here, in the same form (see `wire/shapes.ts`), from its serialisers.
 * https://docs.aws.amazon.com/emr-on-eks/latest/APIReference/API_Operations.html
 */
const NAMESPACE = 'com.amazonaws.emrcontainers';
const TEXT = 0;
const NUMBER = 1;
const DATE = 5;
const DOCUMENT = 15;
const TEXTS = 64;
const TEXT_MAP = 128;
const LABEL = [TEXT, 1] as const;
const query = (shape: number, name: string) => [shape, { httpQuery: name }] as const;

const structure = (name: string, members: Readonly<Record<string, unknown>>, required = 0) =>
  [3, NAMESPACE, name, 0, Object.keys(members), Object.values(members), required] as const;
const listOf = (name: string, item: unknown) => [1, NAMESPACE, name, 0, item] as const;
const operation = (name: string, method: string, uri: string, input: unknown, output: unknown) =>
  [9, NAMESPACE, name, { http: [method, uri, 200] }, input, output] as const;

const JobRun = structure('JobRun', {
  id: TEXT,
  name: TEXT,
  virtualClusterId: TEXT,
  arn: TEXT,
  state: TEXT,
  executionRoleArn: TEXT,
  releaseLabel: TEXT,
  jobDriver: DOCUMENT,
  createdAt: DATE,
  createdBy: TEXT,
  finishedAt: DATE,
  stateDetails: TEXT,
  failureReason: TEXT,
  tags: TEXT_MAP
});
const VirtualCluster = structure('VirtualCluster', {
  id: TEXT,
  name: TEXT,
  arn: TEXT,
  state: TEXT,
  containerProvider: DOCUMENT,
  createdAt: DATE,
  tags: TEXT_MAP
});
const Endpoint = structure('Endpoint', {
  id: TEXT,
  name: TEXT,
  arn: TEXT,
  virtualClusterId: TEXT,
  type: TEXT,
  state: TEXT
});
const Paging = { maxResults: query(NUMBER, 'maxResults'), nextToken: query(TEXT, 'nextToken') };
const OneOf = { virtualClusterId: LABEL, id: LABEL };

export const emrContainersModel = {
  StartJobRun: operation(
    'StartJobRun',
    'POST',
    '/virtualclusters/{virtualClusterId}/jobruns',
    structure('StartJobRunRequest', {
      virtualClusterId: LABEL,
      name: TEXT,
      clientToken: TEXT,
      executionRoleArn: TEXT,
      releaseLabel: TEXT,
      jobDriver: DOCUMENT,
      configurationOverrides: DOCUMENT,
      retryPolicyConfiguration: DOCUMENT,
      tags: TEXT_MAP
    }),
    structure('StartJobRunResponse', { id: TEXT, name: TEXT, arn: TEXT, virtualClusterId: TEXT })
  ),
  DescribeJobRun: operation(
    'DescribeJobRun',
    'GET',
    '/virtualclusters/{virtualClusterId}/jobruns/{id}',
    structure('DescribeJobRunRequest', OneOf),
    structure('DescribeJobRunResponse', { jobRun: JobRun })
  ),
  ListJobRuns: operation(
    'ListJobRuns',
    'GET',
    '/virtualclusters/{virtualClusterId}/jobruns',
    structure('ListJobRunsRequest', {
      virtualClusterId: LABEL,
      name: query(TEXT, 'name'),
      states: query(TEXTS, 'states'),
      ...Paging
    }),
    structure('ListJobRunsResponse', { jobRuns: listOf('JobRuns', JobRun), nextToken: TEXT })
  ),
  CancelJobRun: operation(
    'CancelJobRun',
    'DELETE',
    '/virtualclusters/{virtualClusterId}/jobruns/{id}',
    structure('CancelJobRunRequest', OneOf),
    structure('CancelJobRunResponse', { id: TEXT, virtualClusterId: TEXT })
  ),
  DescribeVirtualCluster: operation(
    'DescribeVirtualCluster',
    'GET',
    '/virtualclusters/{id}',
    structure('DescribeVirtualClusterRequest', { id: LABEL }),
    structure('DescribeVirtualClusterResponse', { virtualCluster: VirtualCluster })
  ),
  ListManagedEndpoints: operation(
    'ListManagedEndpoints',
    'GET',
    '/virtualclusters/{virtualClusterId}/endpoints',
    structure('ListManagedEndpointsRequest', {
      virtualClusterId: LABEL,
      states: query(TEXTS, 'states'),
      ...Paging
    }),
    structure('ListManagedEndpointsResponse', {
      endpoints: listOf('Endpoints', Endpoint),
      nextToken: TEXT
    })
  )
};
