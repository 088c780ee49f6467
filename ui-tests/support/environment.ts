import { z } from 'zod';

const labSchema = z.object({
  /** Ends with `/`. */
  url: z.url(),
  token: z.string().min(1),
  /** Folder that JupyterLab shows, with a copy of the examples. */
  root: z.string().min(1)
});

/** The JupyterLab and the browser that the runner of the tests has made ready. */
export interface TestEnvironment {
  readonly lab: z.infer<typeof labSchema>;
  /** Program of a Chromium. */
  readonly chromium: string;
}

/** Reads what the runner passes on. Throws where it is missing: these tests are never left out. */
export function testEnvironment(
  env: Readonly<Record<string, string | undefined>>
): TestEnvironment {
  const { HEADRACE_TEST_LAB: lab, HEADRACE_TEST_CHROMIUM: chromium } = env;
  if (lab === undefined || chromium === undefined || chromium === '')
    throw new Error('HEADRACE_TEST_LAB and HEADRACE_TEST_CHROMIUM are not set: run npm test');
  return { lab: labSchema.parse(JSON.parse(lab)), chromium };
}
