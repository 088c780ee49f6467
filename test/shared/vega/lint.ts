/**
 * What is wrong with a Vega-Lite specification that is to be fed for hours. Each rule stands for a
 * leak or a hole that was measured: implicit stacking and parsing keep every tuple for ever, colour
 * facets add a subflow a series, unnamed data cannot be fed, and a URL leaves the page.
 */
export function streamingFaults(spec: Readonly<Record<string, unknown>>): string[] {
  const faults: string[] = [];
  const data = record(spec['data']);
  if (data['name'] === undefined) faults.push('the data set has no name');
  if (record(data['format'])['parse'] !== null) faults.push('values are parsed');
  for (const layer of Array.isArray(spec['layer']) ? spec['layer'] : []) {
    const own = record(record(layer)['data']);
    if (own['values'] !== undefined && own['name'] === undefined)
      faults.push('a data set of a layer has no name');
  }
  visit(spec, [], (key, value, path) => {
    const where = [...path, key].join('.');
    faults.push(...keyFaults(key, where), ...channelFaults(key, record(value), where));
  });
  return faults;
}

function keyFaults(key: string, where: string): string[] {
  if (key === 'url' || key === 'href') return [`${where} leads out of the page`];
  if (key === 'facet' || key === 'row' || key === 'column') return [`${where} is a facet`];
  return key === 'transform' ? [`${where} derives a data set`] : [];
}

function channelFaults(
  key: string,
  { field, type, stack, scale, legend }: Readonly<Record<string, unknown>>,
  where: string
): string[] {
  const faults: string[] = [];
  if (type === 'quantitative' && stack !== null) faults.push(`${where} is stacked by default`);
  if (typeof field !== 'string') return faults;
  const constant = scale === null || legend === null;
  if (key === 'color' && !constant) faults.push(`${where} is a colour facet`);
  if (!/^[a-z]+[0-9]*$/.test(field)) faults.push(`${where} needs escaping: ${field}`);
  return faults;
}

function visit(
  value: unknown,
  path: readonly string[],
  see: (key: string, value: unknown, path: readonly string[]) => void
): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, child] of Object.entries(value)) {
    if (key === 'values') continue;
    see(key, child, path);
    visit(child, [...path, key], see);
  }
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
