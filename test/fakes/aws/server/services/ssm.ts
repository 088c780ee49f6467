import * as sdk from '@aws-sdk/client-ssm';
import { ApiError } from '../wire/failure.ts';
import { textOf, thingsOf, type World } from '../world/world.ts';
import { need, pageOf, type Action, type Service } from './service.ts';

const PARAMETER = 'AWS::SSM::Parameter';

/** https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-public-parameters-ami.html */
const PUBLIC = /^\/aws\/service\/ami-amazon-linux-latest\/al2023-ami-[\w.-]+-(x86_64|arm64)$/;

interface Value {
  readonly name: string;
  readonly type: string;
  readonly value: string;
}

function valueOf(world: World, name: string): Value | null {
  const [, architecture] = PUBLIC.exec(name) ?? [];
  if (architecture !== undefined) {
    const value = architecture === 'arm64' ? 'ami-0a00000000000arm6' : 'ami-0a00000000000x86a';
    return { name, type: 'String', value };
  }
  const own = thingsOf(world, PARAMETER).find(({ id }) => id === name);
  return own === undefined
    ? null
    : { name, type: textOf(own, 'Type'), value: textOf(own, 'Value') };
}

const out = ({ name, type, value }: Value): sdk.Parameter => ({
  Name: name,
  Type: type as sdk.ParameterType,
  Value: value,
  Version: 1
});

const missing = (name: string): ApiError =>
  new ApiError('ParameterNotFound', `Parameter ${name} not found.`);

const getParameter: Action<sdk.GetParameterCommandInput, sdk.GetParameterCommandOutput> = (
  input,
  { world }
) => {
  const name = need(input.Name, 'name');
  const value = valueOf(world, name);
  if (value === null) throw missing(name);
  return { Parameter: out(value) };
};

const getParameters: Action<sdk.GetParametersCommandInput, sdk.GetParametersCommandOutput> = (
  { Names: names = [] },
  { world }
) => ({
  Parameters: names.flatMap(name => {
    const value = valueOf(world, name);
    return value === null ? [] : [out(value)];
  }),
  InvalidParameters: names.filter(name => valueOf(world, name) === null)
});

const byPath: Action<sdk.GetParametersByPathCommandInput, sdk.GetParametersByPathCommandOutput> = (
  input,
  { world }
) => {
  const path = `${need(input.Path, 'path').replace(/\/$/, '')}/`;
  const all = thingsOf(world, PARAMETER).filter(({ id }) => id.startsWith(path));
  const { items, next } = pageOf(world, all, input.NextToken, input.MaxResults ?? world.pageSize);
  return {
    NextToken: next,
    Parameters: items.flatMap(({ id }) => {
      const value = valueOf(world, id);
      return value === null ? [] : [out(value)];
    })
  };
};

const putParameter: Action<sdk.PutParameterCommandInput, sdk.PutParameterCommandOutput> = (
  input,
  { world }
) => {
  const id = need(input.Name, 'name');
  if (world.things.has(id) && input.Overwrite !== true) {
    throw new ApiError('ParameterAlreadyExists', 'The parameter already exists.');
  }
  world.things.set(id, {
    type: PARAMETER,
    id,
    arn: `arn:aws:ssm:${world.region}:${world.account}:parameter/${id.replace(/^\//, '')}`,
    properties: { Name: id, Type: input.Type ?? 'String', Value: input.Value ?? '' },
    tags: Object.fromEntries(
      (input.Tags ?? []).map(({ Key: key = '', Value: value = '' }) => [key, value])
    ),
    state: 'AVAILABLE',
    createdAt: world.time.now()
  });
  return { Version: 1 };
};

const deleteParameter: Action<sdk.DeleteParameterCommandInput, sdk.DeleteParameterCommandOutput> = (
  { Name: name = '' },
  { world }
) => {
  if (!world.things.delete(name)) throw missing(name);
  return {};
};

/** The plugin of Session Manager gets an address that leads nowhere: nothing forwards in the tests. */
const startSession: Action<sdk.StartSessionCommandInput, sdk.StartSessionCommandOutput> = (
  { Target: target },
  { world, caller }
) => {
  const id = `${caller.arn.split('/').at(-1) ?? 'caller'}-0${world.hex(16)}`;
  return {
    SessionId: id,
    TokenValue: world.hex(32),
    StreamUrl: `wss://ssmmessages.${world.region}.amazonaws.com/v1/data-channel/${id}?role=publish_subscribe&target=${String(target)}`
  };
};

const terminateSession: Action<
  sdk.TerminateSessionCommandInput,
  sdk.TerminateSessionCommandOutput
> = ({ SessionId: id }) => ({ SessionId: id });

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/ */
export const ssm: Service = {
  name: 'ssm',
  signingName: 'ssm',
  sdk,
  protocol: 'json',
  actions: {
    GetParameter: getParameter,
    GetParameters: getParameters,
    GetParametersByPath: byPath,
    PutParameter: putParameter,
    DeleteParameter: deleteParameter,
    StartSession: startSession,
    TerminateSession: terminateSession
  }
};
