import { z } from 'zod';
import type { Diagnosis } from '../../runtime/profile/doctor/port.ts';
import { HeadraceError } from '../../shared/errors.ts';
import { defineMagic, type DisplayHandle, type MimeBundle } from '../contract.ts';
import { tableBundle } from '../output/table.ts';
import { completeTargets } from './targets.ts';

export const provisionDoctor = defineMagic({
  name: 'provision',
  action: 'doctor',
  kinds: ['line'],
  summary:
    'Checks credentials, network, Kafka, Livy and Spark in order, and says how to put the first that is wrong right.',
  positional: ['target'],
  args: z.object({
    target: z
      .string()
      .min(1)
      .optional()
      .describe('A profile or local; where this notebook is, if absent.')
  }),
  examples: ['%provision doctor', '%provision doctor prod'],
  complete: (_argument, runtime) => completeTargets(runtime),
  async run({ target }, _body, { runtime, display, signal }) {
    const wanted = target ?? runtime.targets.current;
    if (wanted === null)
      throw new HeadraceError('HR_NOT_PROVISIONED', 'This notebook is attached to nothing', {
        next: 'Name what to check: %provision doctor PROFILE.'
      });
    let handle: DisplayHandle | null = null;
    const show = (diagnosis: Diagnosis): void => {
      const bundle = diagnosisTable(diagnosis);
      if (handle === null) handle = display.show(bundle);
      else handle.update(bundle);
    };
    show(await runtime.targets.diagnose(wanted, show, signal));
  }
});

function diagnosisTable({ target, rows, next }: Diagnosis): MimeBundle {
  const wrong = rows.find(({ state }) => state === 'wrong');
  const done = rows.every(({ state }) => state !== 'waiting');
  const note =
    wrong !== undefined
      ? `${wrong.name}: ${wrong.detail}. ${next ?? ''}`
      : done
        ? `${target} is in order.`
        : undefined;
  return tableBundle({
    columns: [
      { name: 'check', short: true },
      { name: 'state', short: true },
      { name: 'detail', long: true }
    ],
    rows: rows.map(({ name, state, detail }) => [name, STATES[state], detail]),
    ...(note === undefined ? {} : { note })
  });
}

const STATES: Readonly<Record<Diagnosis['rows'][number]['state'], string>> = {
  ok: '✓ ok',
  wrong: '✗ wrong',
  skipped: '– not needed',
  waiting: '· not looked at'
};
