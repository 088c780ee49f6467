import type { LayerContext } from '../context.ts';
import type { Fragment } from '../values.ts';
import { kafkaOnEc2 } from './ec2.ts';
import { msk } from './msk.ts';
import { mskServerless } from './serverless.ts';

/** Kafka. */
export function kafkaLayer(context: LayerContext): Fragment {
  switch (context.spec.kafka) {
    case 'msk':
      return msk(context);
    case 'msk-serverless':
      return mskServerless(context);
    case 'ec2':
      return kafkaOnEc2(context);
  }
}
