import { HeadraceError } from '../../../shared/errors.ts';
import { REGION } from '../environment/spec.ts';

/**
 * The region of the surroundings as the SDK finds it: `AWS_REGION`, then the profile; null where they name none.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-region.html
 */
export async function surroundingRegion(): Promise<string | null> {
  const { STS } = await import('@aws-sdk/client-sts');
  const client = new STS({});
  try {
    const region = await client.config.region();
    return REGION.test(region) ? region : null;
  } catch {
    return null;
  } finally {
    client.destroy();
  }
}

/** The given region, or that of the surroundings. @throws HR_USAGE where there is neither */
export async function requireRegion(given: string | null): Promise<string> {
  const region = given ?? (await surroundingRegion());
  if (region !== null) return region;
  throw new HeadraceError('HR_USAGE', 'It is not known which region of AWS is meant', {
    why: 'neither AWS_REGION nor the AWS profile names one',
    next: 'Add --region, such as --region eu-west-1.'
  });
}
