import type { MagicDefinition } from '../contract.ts';
import { fieldsOf, labelOf, type Field } from '../parser/fields.ts';
import { titleOf } from '../parser/title.ts';

/** `%topic create NAME --partitions N [--config K=V ...]`. */
export function usageOf(magic: MagicDefinition): string {
  const parts = fieldsOf(magic).map(field => {
    const text = usagePart(field);
    return field.required ? text : `[${text}]`;
  });
  return [titleOf(magic), ...parts].join(' ');
}

function usagePart(field: Field): string {
  const value = valueName(field);
  const text = field.positional ? value : [field.flag, value].filter(part => part !== '').join(' ');
  return field.repeated ? `${text} ...` : text;
}

function valueName(field: Field): string {
  if (field.type === 'boolean') return '';
  if (field.choices.length > 0) return field.choices.join('|');
  if (field.positional) return field.key.toUpperCase();
  return field.type === 'number' ? 'N' : field.flag.slice(2).toUpperCase();
}

/** `--force, -f`. */
function namesOf(field: Field): string {
  return [labelOf(field), field.alias].filter(name => name !== null).join(', ');
}

/** Help of one argument with its default. */
export function fieldHelp(field: Field): string {
  const fallback = field.fallback === null ? '' : ` Default: ${field.fallback}.`;
  return `${field.help}${fallback}`;
}

/** The help page of a magic as plain text. */
export function helpText(magic: MagicDefinition): string {
  const fields = fieldsOf(magic);
  const width = Math.max(0, ...fields.map(field => namesOf(field).length));
  const rows = fields.map(field => `  ${namesOf(field).padEnd(width)}  ${fieldHelp(field)}`);
  return [
    usageOf(magic),
    '',
    magic.summary,
    ...(rows.length === 0 ? [] : ['', ...rows]),
    ...(magic.body === undefined ? [] : ['', `Body: ${magic.body}`]),
    '',
    ...magic.examples.flatMap(example => example.split('\n').map(line => `  ${line}`))
  ].join('\n');
}

/** The help page of a magic as markdown; `level` is the level of its heading. */
export function helpMarkdown(magic: MagicDefinition, level: number): string {
  const rows = fieldsOf(magic).map(
    field => `| \`${namesOf(field)}\` | ${escapeCell(fieldHelp(field))} |`
  );
  const table = rows.length === 0 ? [] : ['| Argument | Meaning |', '| --- | --- |', ...rows, ''];
  const body = magic.body === undefined ? [] : [`Body: ${magic.body}`, ''];
  return [
    `${'#'.repeat(level)} \`${titleOf(magic)}\``,
    '',
    magic.summary,
    '',
    `\`${usageOf(magic)}\``,
    '',
    ...table,
    ...body,
    '```',
    magic.examples.join('\n'),
    '```',
    ''
  ].join('\n');
}

function escapeCell(text: string): string {
  return text.replaceAll('|', '\\|');
}
