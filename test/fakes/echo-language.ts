import { HeadraceError } from '../../src/shared/errors.ts';
import type { CellContext, CellLanguage, Completion } from '../../src/magics/contract.ts';

/** A language of a few words, to exercise the protocol without Spark. */
export const echoLanguage: CellLanguage = {
  execute,
  complete: (code, cursor): Promise<Completion> => {
    const start = code.lastIndexOf(' ', cursor - 1) + 1;
    const matches = ['print', 'fail'].filter(word => word.startsWith(code.slice(start, cursor)));
    return Promise.resolve({ matches, start, end: cursor });
  },
  inspect: code => (code.startsWith('print') ? '**print** writes its words' : null),
  isComplete: code =>
    code.endsWith('\\')
      ? { status: 'incomplete', indent: '  ' }
      : { status: 'complete', indent: '' }
};

async function execute(code: string, context: CellContext): Promise<void> {
  const [word = '', ...rest] = code.split(' ');
  const text = rest.join(' ');
  const { display } = context;
  const actions: Record<string, () => unknown> = {
    print: () => display.stdout(`${text}\n`),
    warn: () => display.stderr(`${text}\n`),
    value: () => display.result({ 'text/plain': text }),
    show: () =>
      display.show({ 'text/html': text, 'text/plain': text }).update({ 'text/plain': 'new' }),
    page: () => display.page(text),
    who: () => display.stdout(context.interactive ? 'interactive' : 'headless'),
    wait: () => context.clock.sleep(Number(text), context.signal),
    fail: () => {
      throw new HeadraceError('HR_USAGE', 'It failed', {
        why: 'it was told to',
        next: 'Try again.'
      });
    },
    python: () => {
      throw new HeadraceError('HR_STATEMENT', 'name x is not defined', {
        ename: 'NameError',
        traceback: ['File "<cell>", line 1']
      });
    }
  };
  await actions[word]?.();
}
