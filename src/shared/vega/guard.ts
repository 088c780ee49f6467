import { isPart, type Part } from './guard-rule.ts';
import { GUARD_BOUNDS, RULES } from './guard-rules.ts';

/** A notice that lists more than this is not read. */
const MAX_COMPLAINTS = 8;
const ONCE = ['fold', 'density', 'quantile', 'loess', 'regression'];

/**
 * What a Vega-Lite definition of a stranger asks for and may not, as clauses for a notice; none when it
 * may be drawn. It refuses what reaches out of the chart (addresses, links, elements, events of the
 * page) and what a small text makes large. Expressions are looked at after compiling
 * (`runtimeComplaints`), where all of them are known.
 */
export function definitionComplaints(definition: Part): string[] {
  const complaints = new Set<string>();
  const walk = new Walk(complaint => complaints.add(complaint));
  walk.visit(definition, 0);
  for (const complaint of countComplaints(definition)) complaints.add(complaint);
  return [...complaints].slice(0, MAX_COMPLAINTS);
}

/** Goes through a definition once, and stops where it is too large to be gone through. */
class Walk {
  readonly #complain: (complaint: string) => void;
  #nodes = 0;
  #inlineRows = 0;

  constructor(complain: (complaint: string) => void) {
    this.#complain = complain;
  }

  visit(part: Part | readonly unknown[], depth: number): void {
    if (depth > GUARD_BOUNDS.depth) {
      this.#complain('it is nested too deeply');
      return;
    }
    for (const [key, value] of Object.entries(part)) {
      this.#nodes += 1;
      if (this.#nodes > GUARD_BOUNDS.nodes) {
        this.#complain('it is too large');
        return;
      }
      this.#look(key, value, part);
      if (isPart(value) || Array.isArray(value)) this.visit(value, depth + 1);
    }
  }

  #look(key: string, value: unknown, parent: Part | readonly unknown[]): void {
    if (typeof value === 'string' && value.length > GUARD_BOUNDS.text)
      this.#complain(`"${key.slice(0, 40)}" is too long a text`);
    if (Array.isArray(value)) this.#count(key, value.length);
    if (Array.isArray(parent)) return;
    for (const rule of RULES) {
      const complaint = rule(key, value, parent as Part);
      if (complaint !== null) this.#complain(complaint);
    }
  }

  #count(key: string, length: number): void {
    if (key === 'values') {
      this.#inlineRows += length;
      if (this.#inlineRows > GUARD_BOUNDS.inlineRows)
        this.#complain(`more than ${GUARD_BOUNDS.inlineRows} rows of its own`);
    } else if (length > GUARD_BOUNDS.list)
      this.#complain(`"${key.slice(0, 40)}" is too long a list`);
  }
}

/** What is harmless once and grows when it is repeated. */
function countComplaints(definition: Part): string[] {
  const counts = new Map<string, number>();
  let charts = 1;
  const count = (part: unknown, depth: number): void => {
    if (typeof part !== 'object' || part === null || depth > GUARD_BOUNDS.depth) return;
    for (const [key, value] of Object.entries(part)) {
      if (key === 'repeat') charts *= repeats(value);
      counts.set(key, (counts.get(key) ?? 0) + 1);
      count(value, depth + 1);
    }
  };
  count(definition, 0);
  const twice = ONCE.filter(key => (counts.get(key) ?? 0) > 2);
  return [
    ...(charts > GUARD_BOUNDS.repeat ? [`it repeats a chart ${charts} times`] : []),
    ...((counts.get('mark') ?? 0) > GUARD_BOUNDS.repeat * 2 ? ['it has too many layers'] : []),
    ...twice.map(key => `"${key}" more than twice`)
  ];
}

function repeats(value: unknown): number {
  if (Array.isArray(value)) return Math.max(1, value.length);
  if (!isPart(value)) return 1;
  return Object.values(value).reduce<number>(
    (product, list) => product * (Array.isArray(list) ? Math.max(1, list.length) : 1),
    1
  );
}
