import { parseArgs } from 'node:util';
import { closest, distance } from 'fastest-levenshtein';
import { HeadraceError } from '../shared/errors.ts';
import { BENCH_SECTIONS, type BenchSection } from './bench-sections.ts';

/** What a person asked for after `npm start`, `npm test` or `npm run bench`. */
export type Command =
  | { readonly name: 'start'; readonly headless: boolean; readonly browser: boolean }
  | { readonly name: 'test'; readonly groups: readonly string[] }
  | {
      readonly name: 'bench';
      /** In the order in which they run. */
      readonly sections: readonly BenchSection[];
      readonly seconds: number;
      readonly rate: number;
    }
  | { readonly name: 'bench-help' };

/** The size of the published figures; shorter runs are for trying it out. */
const BENCH_SECONDS = 60;
const BENCH_RATE = 1_000;

const FLAGS = {
  start: { headless: { type: 'boolean' }, 'no-browser': { type: 'boolean' } },
  test: {},
  bench: { seconds: { type: 'string' }, rate: { type: 'string' }, help: { type: 'boolean' } }
} as const;

/** Rejects with HR_USAGE, naming the nearest right word. */
export function parseCommand(args: readonly string[]): Command {
  const [name, ...rest] = args;
  switch (name) {
    case 'start': {
      const { values } = parse(name, rest);
      return {
        name,
        headless: values.headless === true,
        browser: values['no-browser'] !== true
      };
    }
    case 'test':
      return { name, groups: parse(name, rest).positionals };
    case 'bench': {
      const { values, positionals } = parse(name, rest);
      if (values.help === true) return { name: 'bench-help' };
      return {
        name,
        sections: sectionsOf(positionals),
        seconds: positive('seconds', values.seconds, BENCH_SECONDS),
        rate: positive('rate', values.rate, BENCH_RATE)
      };
    }
    default:
      throw new HeadraceError('HR_USAGE', `There is no command ${name ?? '(none)'}`, {
        next: `Commands are ${Object.keys(FLAGS).join(', ')}.`
      });
  }
}

function parse(command: keyof typeof FLAGS, args: readonly string[]) {
  const known = Object.keys(FLAGS[command]);
  const unknown = args.find(
    arg => arg.startsWith('--') && !known.includes(arg.slice(2).split('=')[0] ?? '')
  );
  if (unknown !== undefined) throw unknownFlag(command, unknown, known);
  const { values, positionals } = parseArgs({
    args: [...args],
    options: FLAGS[command],
    allowPositionals: true,
    strict: false
  });
  if (command === 'start' && positionals.length > 0)
    throw new HeadraceError('HR_USAGE', `${positionals.join(' ')} is not understood`, {
      next: usage(known)
    });
  return { values: values as Record<string, string | boolean | undefined>, positionals };
}

/** All of them when none is named. */
function sectionsOf(words: readonly string[]): readonly BenchSection[] {
  const names = Object.keys(BENCH_SECTIONS) as BenchSection[];
  const unknown = words.find(word => !names.some(name => name === word));
  if (unknown !== undefined)
    throw new HeadraceError('HR_USAGE', `There is no section ${unknown} of the benchmark`, {
      next: `Sections are ${names.join(', ')}.`
    });
  return words.length === 0 ? names : names.filter(name => words.includes(name));
}

function positive(flag: string, value: string | boolean | undefined, fallback: number): number {
  if (value === undefined) return fallback;
  const number = Number(value);
  if (Number.isFinite(number) && number > 0) return number;
  throw new HeadraceError('HR_USAGE', `--${flag} must be a number above 0, not ${String(value)}`);
}

function unknownFlag(command: string, flag: string, known: readonly string[]): HeadraceError {
  const word = flag.slice(2);
  const nearest = known.length === 0 ? '' : closest(word, [...known]);
  const hint = nearest !== '' && distance(word, nearest) <= 3;
  return new HeadraceError('HR_USAGE', `There is no flag ${flag} of ${command}`, {
    next: hint ? `Did you mean --${nearest}?` : usage(known)
  });
}

function usage(known: readonly string[]): string {
  return known.length === 0
    ? 'There are no flags.'
    : `Flags are ${known.map(flag => `--${flag}`).join(', ')}.`;
}
