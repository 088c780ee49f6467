import type { Spec } from 'vega';

/**
 * Vega-Lite writes expressions where a field, a band or one number for all marks would do. Each would be interpreted
 * for every mark at every update, which is half of what a picture costs. The charts of Headrace hold texts where texts
 * are read, so they can do without.
 */

interface Marked {
  readonly encode?: { readonly update?: Record<string, unknown> };
  readonly marks?: readonly unknown[];
}

const AS_IS = /^isValid\(datum\["(\w+)"\]\) \? datum\["\1"\] : ""\+datum\["\1"\]$/;
const JOINED =
  /^isValid\(datum\["(\w+)"\]\) \? isArray\(datum\["\1"\]\) \? join\(datum\["\1"\], '\\n'\) : datum\["\1"\] : ""\+datum\["\1"\]$/;
const BAND = /^max\(0\.25, bandwidth\('(\w+)'\)\)$/;
const BASE = /^scale\('(\w+)', inrange\(0, domain\('\1'\)\) \? 0 : domain\('\1'\)\[0\]\)$/;

/** The compiled specification of a chart of ours, with the same picture and fewer expressions. */
export function plainEncodings(spec: Spec): Spec {
  const bases = new Map<string, string>();
  simplify(spec, bases);
  const signals = [...bases].map(([name, update]) => ({ name, update }));
  return { ...spec, signals: [...(spec.signals ?? []), ...signals] };
}

function simplify({ encode, marks = [] }: Marked, bases: Map<string, string>): void {
  const update = encode?.update ?? {};
  for (const [channel, entry] of Object.entries(update)) {
    const plain = plainEntry(entry, bases);
    if (plain !== null) update[channel] = plain;
  }
  for (const mark of marks) simplify(mark as Marked, bases);
}

/** What an entry says in other words; null where it stays as it is. */
function plainEntry(entry: unknown, bases: Map<string, string>): Record<string, unknown> | null {
  const signal = signalOf(entry);
  const field = (AS_IS.exec(signal) ?? JOINED.exec(signal))?.[1];
  if (field !== undefined) return { field };
  const band = BAND.exec(signal)?.[1];
  if (band !== undefined) return { scale: band, band: 1 };
  const scale = BASE.exec(signal)?.[1];
  if (scale === undefined) return null;
  const name = `base_${scale}`;
  bases.set(name, signal);
  return { signal: name };
}

function signalOf(entry: unknown): string {
  if (typeof entry !== 'object' || entry === null || !('signal' in entry)) return '';
  return typeof entry.signal === 'string' && Object.keys(entry).length === 1 ? entry.signal : '';
}
