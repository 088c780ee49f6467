import { z } from 'zod';
import { HeadraceError } from '../../shared/errors.ts';
import { defineMagic, type MagicDefinition } from '../contract.ts';
import { suggestion } from '../parser/nearest.ts';
import { titleOf } from '../parser/title.ts';
import { helpText } from '../reference/help.ts';

/** `%help` over a registry that holds it as well, hence by function. */
export function createHelpMagic(registry: () => readonly MagicDefinition[]): MagicDefinition {
  return defineMagic({
    name: 'help',
    kinds: ['line'],
    summary: 'Lists the magics, or explains one.',
    positional: ['topic...'],
    args: z.object({
      topic: z.array(z.string()).default([]).describe('A magic, such as "topic create".')
    }),
    examples: ['%help', '%help topic create'],
    complete: () => Promise.resolve([...new Set(registry().map(magic => magic.name))]),
    run({ topic }, _body, { display }) {
      display.page(`${topic.length === 0 ? overview(registry()) : helpFor(registry(), topic)}\n`);
      return Promise.resolve();
    }
  });
}

/** One line for each magic. */
export function overview(magics: readonly MagicDefinition[]): string {
  const width = Math.max(...magics.map(magic => titleOf(magic).length));
  return [
    'A cell without a magic is PySpark. Magics:',
    '',
    ...magics.map(magic => `  ${titleOf(magic).padEnd(width)}  ${magic.summary}`),
    '',
    'Write %help NAME or %NAME --help for one of them.'
  ].join('\n');
}

/**
 * Help of every form of a magic, or of one action.
 *
 * @throws HR_USAGE with the nearest right name
 */
export function helpFor(magics: readonly MagicDefinition[], words: readonly string[]): string {
  const [first = '', action] = words;
  const name = first.replace(/^%+/, '');
  const forms = magics.filter(magic => magic.name === name);
  if (forms.length === 0) {
    const names = [...new Set(magics.map(magic => magic.name))];
    throw new HeadraceError('HR_USAGE', `There is no magic ${name}`, {
      next: suggestion(name, names, '%')
    });
  }
  const chosen = forms.filter(magic => magic.action === action);
  return (action === undefined || chosen.length === 0 ? forms : chosen).map(helpText).join('\n\n');
}
