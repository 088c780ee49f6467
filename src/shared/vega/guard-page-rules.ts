import { isPart, type Part, type Rule } from './guard-rule.ts';

const BIND_KEYS = new Set(['input', 'min', 'max', 'step', 'options', 'labels', 'name', 'debounce']);
const INPUTS = new Set(['range', 'checkbox', 'radio', 'select']);
const CURSOR = /^[a-z-]{1,20}$/;
/** An event of the picture, with a condition and a delay at most: no other source, no selector. */
const EVENT =
  /^(?:click|dblclick|wheel|(?:pointer|mouse)(?:over|out|move|down|up|enter|leave)|touch(?:start|move|end))(?:\[[^\]:@#]{1,100}\])*(?:\{\d{1,4}\})?!?$/;
const STREAMS = new Set(['on', 'clear', 'translate', 'zoom']);

const styles: Rule = (key, value) => {
  if (key === 'cursor' && !(typeof value === 'string' && CURSOR.test(value)))
    return '"cursor" has to be a name';
  return typeof value === 'string' && /url\s*\(|javascript:|@import|expression\s*\(/i.test(value)
    ? `"${key}" names an address`
    : null;
};

const events: Rule = (key, value, parent) => {
  if (key === 'events' && isPart(value)) return 'events have to be written as text';
  const ofLegend = key === 'legend' && Object.keys(parent).length === 1;
  if (!STREAMS.has(key) && !(ofLegend && typeof value === 'string')) return null;
  if (typeof value === 'boolean' || value === null) return null;
  if (typeof value !== 'string') return `"${key}" has to be text`;
  return value.split(/\s*,\s*/).every(one => EVENT.test(one))
    ? null
    : `"${key}" listens outside of the chart`;
};

/** An input becomes an element of the page, with all that is said of it as its attributes. */
const bindings: Rule = (key, value) => {
  if (key !== 'bind' || value === 'scales' || value === 'legend') return null;
  if (!isPart(value)) return '"bind" has to be "scales", "legend" or an input';
  if ('legend' in value && Object.keys(value).length === 1) return null;
  const inputs = 'input' in value ? [value] : Object.values(value);
  return inputs.map(inputComplaint).find(complaint => complaint !== null) ?? null;
};

function inputComplaint(input: unknown): string | null {
  const type = isPart(input) ? input['input'] : input;
  if (typeof type !== 'string' || !INPUTS.has(type)) return 'an input of an unknown type';
  const other = Object.keys(input as Part).find(key => !BIND_KEYS.has(key));
  return other === undefined ? null : `"${other.slice(0, 40)}" of an input`;
}

/** What would touch the page around the chart. */
export const PAGE_RULES: readonly Rule[] = [styles, events, bindings];
