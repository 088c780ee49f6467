import { describe, it } from 'node:test';
import { environments, withEnvironment } from './account.ts';
import { checkBucket } from './checks/bucket.ts';
import { checkMachines } from './checks/machines.ts';
import { checkNetwork } from './checks/network.ts';
import { checkRoles } from './checks/roles.ts';
import { checkRules } from './checks/rules.ts';
import { checkTags } from './checks/tags.ts';
import { motoOfThisFile } from './moto/moto.ts';

describe('an environment with a network of its own, in moto', () => {
  const { moto } = motoOfThisFile();
  for (const one of environments().filter(({ spec }) => spec.vpc === 'new'))
    it(one.name, () =>
      withEnvironment(moto(), one, async account => {
        await checkNetwork(account);
        await checkRules(account);
        await checkBucket(account);
        await checkRoles(account);
        await checkMachines(account);
        await checkTags(account);
      })
    );
});
