import { kafkaSuite } from './kafka-suite.ts';
import { openRelay } from './relay-fixture.ts';

kafkaSuite(openRelay);
