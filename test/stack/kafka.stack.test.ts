import { createKafka } from '../../src/runtime/kafka/client.ts';
import { kafkaSuite } from './kafka-suite.ts';

kafkaSuite(brokers => createKafka({ brokers, clientId: 'headrace-test' }));
