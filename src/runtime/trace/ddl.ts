/** A column of a schema in Spark's DDL. */
export interface DdlColumn {
  readonly name: string;
  /** In upper case, such as `BIGINT` or `STRUCT<A: INT>`. */
  readonly type: string;
}

/** Columns of a schema such as `ip STRING, n INT`; what is no column is left out. */
export function columnsOfDdl(ddl: string): DdlColumn[] {
  return splitAtCommas(ddl).flatMap(part => {
    const found = /^\s*(?:`((?:[^`]|``)+)`|([^\s:`]+))\s*:?\s*([\s\S]+)$/.exec(part);
    const name = found?.[1]?.replaceAll('``', '`') ?? found?.[2];
    if (name === undefined || found?.[3] === undefined) return [];
    return [{ name, type: typeOf(found[3]) }];
  });
}

/** Parts between commas that stand in no brackets and no quotes. */
function splitAtCommas(text: string): string[] {
  const parts = [''];
  let depth = 0;
  for (const token of text.match(/`(?:[^`]|``)*`|'[^']*'|[\s\S]/g) ?? []) {
    if (token === '<' || token === '(') depth += 1;
    if (token === '>' || token === ')') depth -= 1;
    if (token === ',' && depth === 0) parts.push('');
    else parts.push(`${parts.pop() ?? ''}${token}`);
  }
  return parts;
}

/** The type without what may follow it. */
function typeOf(text: string): string {
  return text
    .replace(/\s+(?:NOT\s+NULL|COMMENT\s|DEFAULT\s)[\s\S]*$/i, '')
    .trim()
    .toUpperCase();
}
