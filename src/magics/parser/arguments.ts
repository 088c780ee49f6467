import { HeadraceError } from '../../shared/errors.ts';
import type { MagicDefinition } from '../contract.ts';
import { fieldsOf, labelOf, type Field } from './fields.ts';
import { nearest, suggestion } from './nearest.ts';
import { titleOf } from './title.ts';
import { validate } from './validate.ts';
import { readWord, type Word } from './words.ts';

/** The line without its flags was `--help` or `-h`. */
export const HELP_ASKED = Symbol('help asked');

/**
 * The arguments of a magic from the text after its name and action.
 *
 * @throws HR_USAGE in one line, with the nearest right flag where one is unknown
 */
export function parseArguments(
  magic: MagicDefinition,
  line: string
): Readonly<Record<string, unknown>> | typeof HELP_ASKED {
  const parser = new ArgumentParser(magic, line);
  const given = parser.parse();
  return given === HELP_ASKED ? given : validate(magic, given);
}

class ArgumentParser {
  readonly #magic: MagicDefinition;
  readonly #line: string;
  readonly #fields: readonly Field[];
  readonly #words: Field[];
  readonly #given: Record<string, unknown> = {};
  #position = 0;

  constructor(magic: MagicDefinition, line: string) {
    this.#magic = magic;
    this.#line = line;
    this.#fields = fieldsOf(magic);
    this.#words = this.#positionals();
  }

  parse(): Readonly<Record<string, unknown>> | typeof HELP_ASKED {
    for (let word = this.#next(); word !== null; word = this.#next()) {
      if (word.text === '--') return this.#rest(word);
      if (word.text === '--help' || word.text === '-h') return HELP_ASKED;
      if (word.text.startsWith('--') || this.#isAlias(word.text)) this.#flag(word.text);
      else if (this.#takeRaw(word)) break;
      else this.#word(word.text);
    }
    return this.#given;
  }

  /** Words after `--` are no flags, whatever they look like; in raw text it is no mark at all. */
  #rest(mark: Word): Readonly<Record<string, unknown>> {
    if (this.#takeRaw(mark)) return this.#given;
    for (let word = this.#next(); word !== null; word = this.#next()) this.#word(word.text);
    return this.#given;
  }

  #isAlias(text: string): boolean {
    return this.#fields.some(field => field.alias === text);
  }

  #positionals(): Field[] {
    const order = (this.#magic.positional ?? []).map(name => name.replace(/\.\.\.$/, ''));
    return order.flatMap(key => this.#fields.filter(field => field.key === key));
  }

  #next(): Word | null {
    const word = readWord(this.#line, this.#position);
    if (word === null) return null;
    const raw = this.#magic.raw !== undefined && !word.text.startsWith('-');
    if (!word.closed && !raw) throw this.#refuse('has a quote that is not closed');
    this.#position = word.end;
    return word;
  }

  #takeRaw(word: Word): boolean {
    if (this.#magic.raw === undefined) return false;
    this.#given[this.#magic.raw] = this.#line.slice(word.start).trim();
    return true;
  }

  #flag(text: string): void {
    const at = text.indexOf('=');
    const name = at < 0 ? text : text.slice(0, at);
    const field = this.#fields.find(each => each.flag === name || each.alias === name);
    if (field === undefined) throw this.#unknownFlag(name);
    const inline = at < 0 ? null : text.slice(at + 1);
    if (field.type === 'boolean') this.#store(field, this.#truth(field, inline));
    else this.#store(field, this.#convert(field, inline ?? this.#valueOf(field)));
  }

  #valueOf(field: Field): string {
    const word = this.#next();
    if (word === null || word.text.startsWith('--'))
      throw this.#refuse(`needs a value after ${field.flag}`);
    return word.text;
  }

  #truth(field: Field, text: string | null): boolean {
    if (text === null || text === 'true') return true;
    if (text === 'false') return false;
    throw this.#refuse(`takes ${field.flag} alone, or with =true or =false`);
  }

  #word(text: string): void {
    const field = this.#words[0];
    if (field === undefined) throw this.#unexpected(text);
    if (!field.rest) this.#words.shift();
    this.#store(field, this.#convert(field, text));
  }

  #convert(field: Field, text: string): unknown {
    if (field.type !== 'number') return text;
    if (/^[+-]?(\d[\d_]*)?\.?\d+(e\d+)?$/i.test(text)) return Number(text.replaceAll('_', ''));
    throw this.#refuse(`takes a number for ${labelOf(field)}, not "${text}"`);
  }

  #store(field: Field, value: unknown): void {
    const before = this.#given[field.key];
    if (field.repeated)
      this.#given[field.key] = before === undefined ? [value] : [before, value].flat();
    else if (before === undefined) this.#given[field.key] = value;
    else throw this.#refuse(`has ${labelOf(field)} more than once`);
  }

  #unknownFlag(name: string): HeadraceError {
    const flags = this.#fields.filter(field => !field.positional).map(field => field.flag);
    const meant = flags.length === 0 ? 'It takes no flags.' : suggestion(name, flags);
    const next =
      this.#magic.passesOn === true ? `${meant} What the program takes stands after --.` : meant;
    return this.#refuse(`has no flag ${name}`, next);
  }

  #unexpected(text: string): HeadraceError {
    const flags = this.#fields.filter(field => !field.positional);
    const meant = nearest(
      text,
      flags.map(field => field.flag.slice(2))
    );
    const next = meant === null ? undefined : `Did you mean --${meant}?`;
    return this.#refuse(`has no place for "${text}"`, next);
  }

  #refuse(what: string, next = `See ${titleOf(this.#magic)} --help.`): HeadraceError {
    return new HeadraceError('HR_USAGE', `${titleOf(this.#magic)} ${what}`, { next });
  }
}
