import { helpMarkdown } from './reference/help.ts';
import { MAGICS } from './registry.ts';

const INTRODUCTION = `# Magics

This page is generated from the definitions in \`src/magics\`; change it there.

A cell without a magic is PySpark. Lines that start with \`%\` may stand between lines of Python; a first line
that starts with \`%%\` takes the whole cell. Words are quoted as in a shell, a \`#\` begins a comment, a
backslash at the end of a line continues it. \`--flag value\` and \`--flag=value\` mean the same. \`%NAME --help\`
prints what stands here.
`;

/** The page \`docs/magics.md\`. */
export function referencePage(): string {
  const names = [...new Set(MAGICS.map(magic => magic.name))];
  const sections = names.map(name => {
    const forms = MAGICS.filter(magic => magic.name === name);
    return [`## ${name}`, '', ...forms.map(magic => helpMarkdown(magic, 3))].join('\n');
  });
  return [INTRODUCTION, ...sections].join('\n');
}
