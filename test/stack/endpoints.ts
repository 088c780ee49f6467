import { z } from 'zod';

const endpointsSchema = z.object({
  id: z.string(),
  brokers: z.array(z.string()).min(1),
  livyUrl: z.string(),
  livyToken: z.string(),
  pid: z.number()
});

/** The stack that the test runner started for all of these tests; they fail without it. */
export function testStack(): z.infer<typeof endpointsSchema> {
  const text = process.env['HEADRACE_TEST_STACK'];
  if (text === undefined) throw new Error('HEADRACE_TEST_STACK is not set: run npm test');
  return endpointsSchema.parse(JSON.parse(text));
}
