/**
 * Removes the environments on AWS that the signed-in person made and whose time is over: `npm run sweep -- [REGION]`,
 * for a timer. It is what `%provision aws --sweep` does.
 */
import { leftoverText } from '../src/magics/provision/aws/leftovers.ts';
import { openAwsServices } from '../src/runtime/aws/services/open.ts';
import { requireRegion } from '../src/runtime/aws/services/region.ts';
import { systemClock } from '../src/runtime/clock.ts';
import { toHeadraceError } from '../src/shared/errors.ts';

const ending = new AbortController();
process.on('SIGINT', () => ending.abort());

async function sweep(given) {
  const region = await requireRegion(given ?? null);
  const { environments } = openAwsServices({ env: process.env, clock: systemClock });
  const told = event => {
    if (event.kind === 'notice') console.log(event.text);
  };
  const { destroyed, kept } = await environments.sweep(region, told, ending.signal);
  for (const { name, result } of destroyed) {
    console.log(`${name}: ${result.removed} resources removed, ${result.left.length} left`);
    for (const one of result.left) console.log(`  ${leftoverText(one)}`);
  }
  for (const { name, why } of kept) console.log(`${name}: kept, ${why}`);
  if (destroyed.length + kept.length === 0) console.log(`Nothing is to be swept in ${region}.`);
  return destroyed.every(({ result }) => result.left.length === 0) ? 0 : 1;
}

sweep(process.argv[2]).then(
  status => process.exit(status),
  error => {
    console.error(toHeadraceError(error).line);
    process.exit(1);
  }
);
