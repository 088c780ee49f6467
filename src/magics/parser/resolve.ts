import { HeadraceError } from '../../shared/errors.ts';
import type { MagicDefinition, MagicKind } from '../contract.ts';
import { suggestion } from './nearest.ts';
import { readWord, type Word } from './words.ts';

/** A magic found for a line, and where its arguments begin in that line. */
export interface Resolved {
  readonly magic: MagicDefinition;
  readonly argumentsAt: number;
}

/** `%help NAME` and `%NAME --help` where the name alone is not yet one magic. */
export interface HelpAsked {
  readonly helpFor: string;
}

/**
 * The magic that a line names: by its first word, then by its second where the magic has actions.
 *
 * @param line the text after `%` or `%%`
 * @throws HR_USAGE with the nearest right name or action
 */
export function resolveMagic(
  magics: readonly MagicDefinition[],
  kind: MagicKind,
  line: string
): Resolved | HelpAsked {
  const name = readWord(line, 0);
  const named = magics.filter(magic => magic.name === name?.text);
  if (name === null || named.length === 0) throw unknownMagic(magics, kind, name?.text ?? '');
  const forms = named.filter(magic => magic.kinds.includes(kind));
  if (forms.length === 0) throw wrongKind(kind, name.text);
  return chooseForm(forms, name, readWord(line, name.end));
}

/** The form that the second word chooses, else the one without an action. */
function chooseForm(
  forms: readonly MagicDefinition[],
  name: Word,
  word: Word | null
): Resolved | HelpAsked {
  const action = forms.find(magic => magic.action !== undefined && magic.action === word?.text);
  if (action !== undefined && word !== null) return { magic: action, argumentsAt: word.end };
  const plain = forms.find(magic => magic.action === undefined);
  if (plain !== undefined) return { magic: plain, argumentsAt: name.end };
  if (word?.text === '--help' || word?.text === '-h') return { helpFor: name.text };
  throw unknownAction(forms, name.text, word);
}

function percent(kind: MagicKind): string {
  return kind === 'cell' ? '%%' : '%';
}

function unknownMagic(
  magics: readonly MagicDefinition[],
  kind: MagicKind,
  name: string
): HeadraceError {
  const known = magics.filter(magic => magic.kinds.includes(kind)).map(magic => magic.name);
  return new HeadraceError('HR_USAGE', `There is no magic ${percent(kind)}${name}`, {
    next: `${suggestion(name, [...new Set(known)], percent(kind))} %help lists all.`
  });
}

function wrongKind(kind: MagicKind, name: string): HeadraceError {
  const cell = kind === 'cell';
  return new HeadraceError('HR_USAGE', `${percent(kind)}${name} does not exist`, {
    why: cell ? 'this magic is one line' : 'this magic takes the whole cell',
    next: `Write ${cell ? '%' : '%%'}${name}.`
  });
}

function unknownAction(
  forms: readonly MagicDefinition[],
  name: string,
  word: Word | null
): HeadraceError {
  const actions = forms.flatMap(magic => magic.action ?? []);
  if (word === null || word.text.startsWith('-'))
    return new HeadraceError('HR_USAGE', `%${name} needs to know what to do`, {
      next: `Write ${actions.map(action => `%${name} ${action}`).join(', ')}.`
    });
  return new HeadraceError('HR_USAGE', `%${name} cannot ${word.text}`, {
    next: suggestion(word.text, actions, `%${name} `)
  });
}
