import type { MimeBundle } from '../../contract.ts';
import { escapeHtml } from '../../output/format.ts';
import { tableBundle, type Table } from '../../output/table.ts';

export interface Section {
  readonly title: string;
  readonly table: Table;
}

/** Several tables as one output, each below its title. */
export function sectionsBundle(sections: readonly Section[]): MimeBundle {
  const bundles = sections.map(({ title, table }) => ({ title, bundle: tableBundle(table) }));
  return {
    'text/plain': bundles
      .map(({ title, bundle }) => `${title}\n${String(bundle['text/plain'])}`)
      .join('\n\n'),
    'text/html': bundles
      .map(({ title, bundle }) => `<h4>${escapeHtml(title)}</h4>\n${String(bundle['text/html'])}`)
      .join('\n')
  };
}
