import { HeadraceError } from '../../../shared/errors.ts';

/** What a release of EMR runs. */
export interface ReleaseCapabilities {
  /** As Apache numbers it: `3.5.8`. */
  readonly spark: string;
  /** The binary version, which is part of the name of each Spark artifact. */
  readonly scala: '2.12' | '2.13';
  /** Streams with a real-time trigger; others are micro-batches. Spark 4.1 is the first. */
  readonly realTimeMode: boolean;
  /** The Livy endpoint of EMR Serverless takes the lifetime of a session with it; since 7.8.0. */
  readonly livyTtl: boolean;
}

/** A label such as `emr-7.14.0` or `emr-spark-8.1.0-latest`, taken apart. */
interface Release {
  readonly family: '7' | 'spark-8';
  readonly minor: number;
}

/** https://docs.aws.amazon.com/emr/latest/ReleaseGuide/emr-7140-release.html and the pages of the other releases. */
const SPARK: Readonly<Record<Release['family'], readonly { minor: number; spark: string }[]>> = {
  '7': [
    { minor: 13, spark: '3.5.6' },
    { minor: 14, spark: '3.5.8' }
  ],
  'spark-8': [
    { minor: 0, spark: '4.0.2' },
    { minor: 1, spark: '4.1.1' }
  ]
};

const LABEL = /^emr-(7|spark-8)\.(\d+)(?:\.\d+)?(?:-preview)?(?:-latest|-\d{8})?$/;

/**
 * What a release can do, by its label. One that is newer than this table is taken for the newest that it knows of the
 * same line, one that is older for the oldest: all of a line have the same Spark but for fixes, or are newer than that.
 * HR_USAGE for a line that is not known.
 */
export function capabilitiesOf(release: string): ReleaseCapabilities {
  const { family, minor } = parse(release);
  const known = SPARK[family];
  const spark = (known.findLast(one => one.minor <= minor) ?? known[0])?.spark ?? '';
  const [major = 0, feature = 0] = spark.split('.').map(Number);
  return {
    spark,
    scala: family === '7' ? '2.12' : '2.13',
    realTimeMode: major > 4 || (major === 4 && feature >= 1),
    livyTtl: family === 'spark-8' || minor >= 8
  };
}

function parse(release: string): Release {
  const [, family, minor] = LABEL.exec(release) ?? [];
  if ((family === '7' || family === 'spark-8') && minor !== undefined)
    return { family, minor: Number(minor) };
  throw new HeadraceError('HR_USAGE', `The EMR release ${release} is not known`, {
    why: 'releases of the lines emr-7 and emr-spark-8 are',
    next: 'Take --release emr-7.14.0 or emr-spark-8.1.0.'
  });
}
