import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { z } from 'zod';
import { defineMagic } from '../../../src/magics/contract.ts';
import { HELP_ASKED, parseArguments } from '../../../src/magics/parser/arguments.ts';
import { quoteWord } from '../../../src/magics/parser/words.ts';
import { failsWith } from '../../fakes/errors.ts';

const magic = defineMagic({
  name: 'brew',
  action: 'tea',
  kinds: ['line'],
  summary: 'Brews.',
  positional: ['name', 'extras...'],
  args: z.object({
    name: z.string(),
    extras: z.array(z.string()).default([]),
    cups: z.int().positive().max(12).default(1),
    strength: z.enum(['mild', 'strong']).default('mild'),
    withMilk: z.boolean().default(false),
    spice: z.array(z.string()).default([]),
    degrees: z.number().optional()
  }),
  aliases: { m: 'withMilk', c: 'cups' },
  examples: ['%brew tea assam'],
  run: () => Promise.resolve()
});
const parse = (line: string) => parseArguments(magic, line);

describe('arguments', () => {
  it('take defaults, words, flags in both forms, booleans and repeated flags', () => {
    assert.deepEqual(parse('assam --cups=2 --with-milk --spice ginger --spice=clove lemon'), {
      name: 'assam',
      extras: ['lemon'],
      cups: 2,
      strength: 'mild',
      withMilk: true,
      spice: ['ginger', 'clove']
    });
    assert.deepEqual(parse('assam --with-milk=false --degrees 1_000.5 # hot'), {
      name: 'assam',
      extras: [],
      cups: 1,
      strength: 'mild',
      withMilk: false,
      spice: [],
      degrees: 1000.5
    });
  });

  it('take one-letter aliases of flags, and words after -- as they stand', () => {
    const args = parse('assam -m -c 3 -- --cups -m');
    assert.ok(args !== HELP_ASKED);
    assert.deepEqual([args['withMilk'], args['cups'], args['extras']], [true, 3, ['--cups', '-m']]);
    assert.throws(() => parse('assam -m --with-milk'), failsWith('HR_USAGE', /more than once/));
  });

  it('give back any text that was quoted', () => {
    const text = fc.string({ minLength: 1 }).filter(one => !/^-|[\n\r]/.test(one));
    fc.assert(
      fc.property(text, text, (name, spice) => {
        const line = `${quoteWord(name)} --spice ${quoteWord(spice)} --spice=${quoteWord(spice)}`;
        const args = parse(line);
        assert.ok(args !== HELP_ASKED);
        assert.deepEqual([args['name'], args['spice']], [name, [spice, spice]]);
      })
    );
  });

  it('ask for help anywhere', () => {
    assert.equal(parse('--help'), HELP_ASKED);
    assert.equal(parse('assam --cups 2 -h'), HELP_ASKED);
  });

  const mistakes: readonly [line: string, message: RegExp][] = [
    ['', /^%brew tea needs NAME\. See %brew tea --help\.$/],
    ['assam --cup 2', /^%brew tea has no flag --cup\. Did you mean --cups\?$/],
    ['assam --xyzzyx', /has no flag --xyzzyx\. Known: --cups, --strength/],
    ['assam --cups', /needs a value after --cups/],
    ['assam --cups --with-milk', /needs a value after --cups/],
    ['assam --cups two', /takes a number for --cups, not "two"/],
    ['assam --cups 0', /cannot use --cups 0: it must be above 0/],
    ['assam --cups -3', /cannot use --cups -3: it must be above 0/],
    ['assam --cups 1.5', /cannot use --cups 1\.5: it must be a whole number/],
    ['assam --cups 13', /cannot use --cups 13: it must be at most 12/],
    ['assam --strength stron', /must be one of mild, strong; perhaps strong/],
    ['assam --cups 1 --cups 2', /has --cups more than once/],
    ['assam --with-milk=maybe', /takes --with-milk alone/],
    ["'assam", /has a quote that is not closed/]
  ];
  for (const [line, message] of mistakes)
    it(`refuse "${line}" in one line`, () => {
      assert.throws(() => parse(line), failsWith('HR_USAGE', message));
    });

  it('never fail with anything but one line of usage', () => {
    fc.assert(
      fc.property(fc.string(), line => {
        try {
          parse(line);
        } catch (error) {
          failsWith('HR_USAGE', /^%brew tea /)(error);
        }
      })
    );
  });
});

describe('a magic that takes the raw rest of its line', () => {
  const query = defineMagic({
    name: 'ask',
    kinds: ['line'],
    summary: 'Asks.',
    raw: 'text',
    args: z.object({ text: z.string().optional(), as: z.string().optional() }),
    examples: [],
    run: () => Promise.resolve()
  });

  it('keeps quotes, blanks and later flags as they stand', () => {
    assert.deepEqual(parseArguments(query, " --as x  SELECT 'it''s'  --cups # no comment"), {
      as: 'x',
      text: "SELECT 'it''s'  --cups # no comment"
    });
  });

  it('takes a text with an open quote', () => {
    assert.deepEqual(parseArguments(query, "'open"), { text: "'open" });
  });
});
