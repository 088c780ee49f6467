import { systemClock } from '../../src/runtime/clock.ts';
import { createTargetClient } from '../../src/runtime/livy/target-client.ts';
import { livyTargetSchema } from '../../src/runtime/livy/target.ts';
import { clientSuite } from './client-suite.ts';
import { emrServerless, livy07, livy08, livy09, QUICK } from './replay/profiles.ts';
import { ReplayServer } from './replay/replay-server.ts';
import { TEST_KEYS } from './replay/signature.ts';

for (const profile of [livy09, livy08, livy07, emrServerless])
  clientSuite(profile.name, async () => {
    const server = new ReplayServer(profile);
    await server.listen();
    const { type, auth, expected } = profile;
    const target = livyTargetSchema.parse({ url: server.url, type, auth, overrides: QUICK });
    const credentials = () => Promise.resolve(TEST_KEYS);
    const livy = createTargetClient(target, { clock: systemClock, credentials });
    return { livy, expected, close: () => server.close() };
  });
