import type { MimeBundle } from '../../contract.ts';
import { escapeHtml } from '../../output/format.ts';
import type { EnvironmentMap } from './map/environment-map.ts';
import { literalHtml, tableBundle, type Table } from '../../output/table.ts';

export interface Section {
  readonly title: string;
  readonly table: Table;
  /** Closed at first where a page can open and close it: for what few people read, and then closely. */
  readonly folded?: boolean;
}

/** A picture as HTML, and the same in words. */
export interface Picture {
  readonly title: string;
  readonly html: string;
  readonly words: string;
}

/**
 * A map below its title, its words folded. JupyterLab leaves only the texts of a picture in a notebook that it does not
 * trust: they have no size of their own then, and the words can be read.
 */
export function mapPicture({ svg, words }: EnvironmentMap): Picture {
  const html = [
    `<div style="font-size: 0px">\n${svg}\n</div>`,
    `<details>\n<summary><b>The map in words</b></summary>\n<pre>${escapeHtml(words)}</pre>\n</details>`
  ];
  return { title: 'Map', html: html.join('\n'), words };
}

/** What stands above the sections. */
export interface Opening {
  /** A sentence each; one that begins with `Warning:` stands out. */
  readonly lines: readonly string[];
  readonly picture?: Picture;
}

/** An opening and several tables as one output, each table below its title. */
export function sectionsBundle(sections: readonly Section[], opening?: Opening): MimeBundle {
  const parts = [
    ...(opening === undefined ? [] : openingParts(opening)),
    ...sections.map(sectionPart)
  ];
  return {
    'text/plain': parts.map(part => part.plain).join('\n\n'),
    'text/html': parts.map(part => part.html).join('\n')
  };
}

interface Part {
  readonly plain: string;
  readonly html: string;
}

function openingParts({ lines, picture }: Opening): readonly Part[] {
  const paragraphs = lines.map(
    line => `<p>${whole(escapeHtml(line)).replace(/^Warning:/, '<b>Warning:</b>')}</p>`
  );
  const said = { plain: lines.join('\n'), html: literalHtml(paragraphs.join('\n')) };
  if (picture === undefined) return [said];
  const { title, html, words } = picture;
  return [
    said,
    { plain: `${title}\n${words}`, html: `<h4>${escapeHtml(title)}</h4>\n${literalHtml(html)}` }
  ];
}

/** Flags that no end of a line breaks. */
function whole(html: string): string {
  return html.replace(/--[a-z-]+/g, flag => `<span style="white-space: nowrap">${flag}</span>`);
}

function sectionPart({ title, table, folded = false }: Section): Part {
  const bundle = tableBundle(table);
  const [heading, html] = [escapeHtml(title), String(bundle['text/html'])];
  return {
    plain: `${title}\n${String(bundle['text/plain'])}`,
    html: folded
      ? `<details>\n<summary><b>${heading}</b></summary>\n${html}\n</details>`
      : `<h4>${heading}</h4>\n${html}`
  };
}
