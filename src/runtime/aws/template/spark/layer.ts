import { HeadraceError } from '../../../../shared/errors.ts';
import type { LayerContext } from '../context.ts';
import type { Fragment } from '../values.ts';
import { emrOnEks } from './eks.ts';
import { emrOnEc2 } from './emr.ts';
import { emrServerless } from './serverless.ts';

/** Spark. */
export function sparkLayer(context: LayerContext): Fragment {
  const { spark, eks } = context.spec;
  if (spark === 'emr-serverless') return emrServerless(context);
  if (spark === 'emr-ec2') return emrOnEc2(context);
  if (eks !== null) return emrOnEks(context, eks);
  throw new HeadraceError('HR_INTERNAL', 'EMR on EKS is made without an EKS cluster', {
    why: 'the spec was not validated'
  });
}
