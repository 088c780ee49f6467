import { FORBIDDEN_NAMES } from './guard-lists.ts';
import { isPart, type Part, type Rule } from './guard-rule.ts';
import { PAGE_RULES } from './guard-page-rules.ts';

/** What a definition may ask for at most. */
export const GUARD_BOUNDS = {
  depth: 24,
  nodes: 4_000,
  text: 4_000,
  list: 500,
  inlineRows: 1_000,
  size: 4_000,
  step: 100,
  bins: 200,
  steps: 500,
  ticks: 100,
  number: 10_000,
  repeat: 25
} as const;

/** Keys that hold data, not looks: any number may stand there. */
const DATA_KEYS = new Set(
  'values value datum domain domainMin domainMax domainMid extent equal lt lte gt gte range oneOf seed'.split(
    ' '
  )
);

const OUTWARD = new Set(['url', 'href', 'src', 'loader', 'usermeta', 'element', 'datasource']);
const MARKS = new Set(['image', 'geoshape']);
const UNBOUNDED = new Set(['impute', 'flatten', 'sequence', 'graticule', 'sphere', 'projection']);
const BIN_KEYS = new Set(['maxbins', 'nice', 'extent', 'binned', 'anchor']);
const BOUNDED = new Map<string, number>([
  ['width', GUARD_BOUNDS.size],
  ['height', GUARD_BOUNDS.size],
  ['maxbins', GUARD_BOUNDS.bins],
  ['steps', GUARD_BOUNDS.steps],
  ['minsteps', GUARD_BOUNDS.steps],
  ['maxsteps', GUARD_BOUNDS.steps],
  ['tickCount', GUARD_BOUNDS.ticks],
  ['columns', GUARD_BOUNDS.repeat],
  ['order', 10]
]);
/** A logarithm of a base near 1 has ticks without end. */
const BASES = { least: 2, most: 100 };
/** Parameters of these names would take the place of Vega's own. */
const TAKEN =
  /^(?:width|height|padding|autosize|background|cursor|style|datum|item|event|.*bin_.*)$/;

const outward: Rule = key => (OUTWARD.has(key) ? `"${key}" leads out of the chart` : null);

const forbidden: Rule = key => (FORBIDDEN_NAMES.has(key) ? `"${key}" is no key of a chart` : null);

const unbounded: Rule = key =>
  UNBOUNDED.has(key) ? `"${key}" can make any number of rows out of few` : null;

const marks: Rule = (key, value) => {
  const type = key === 'mark' ? (isPart(value) ? value['type'] : value) : null;
  return typeof type === 'string' && MARKS.has(type) ? `marks of type "${type}"` : null;
};

const schema: Rule = (key, value) =>
  key === '$schema' && !(typeof value === 'string' && /\/vega-lite\/v\d/.test(value))
    ? 'it is not Vega-Lite'
    : null;

const sizes: Rule = (key, value) => {
  const most = BOUNDED.get(key);
  if (most === undefined || isNoSize(key, value)) return null;
  if ((key === 'width' || key === 'height') && isPart(value)) return stepOf(key, value);
  const fits = typeof value === 'number' && value >= 0 && value <= most;
  return fits ? null : `"${key}" has to be a number up to ${most}`;
};

/** The same key with another meaning: the channel `order` and that of a sort, the `columns` of a layout. */
function isNoSize(key: string, value: unknown): boolean {
  if (value === 'container' || value === undefined || value === null) return true;
  return typeof value === 'boolean' || (key === 'order' && typeof value !== 'number');
}

function stepOf(key: string, value: Part): string | null {
  if ('band' in value && typeof value['band'] === 'number') return null;
  const step = value['step'];
  const fits = typeof step === 'number' && step > 0 && step <= GUARD_BOUNDS.step;
  return fits ? null : `a step of "${key}" has to be a number up to ${GUARD_BOUNDS.step}`;
}

const steps: Rule = (key, value, parent) =>
  key === 'step' &&
  !('input' in parent) &&
  !(typeof value === 'number' && value > 0 && value <= GUARD_BOUNDS.step)
    ? `"step" has to be a number up to ${GUARD_BOUNDS.step}`
    : null;

const bases: Rule = (key, value) =>
  key === 'base' && !(typeof value === 'number' && value >= BASES.least && value <= BASES.most)
    ? `"base" has to be a number from ${BASES.least} to ${BASES.most}`
    : null;

const bins: Rule = (key, value) => {
  if ((key !== 'bin' && key !== 'bins') || !isPart(value)) return null;
  if (key === 'bins') return 'bins are described by "maxbins" only';
  const other = Object.keys(value).find(part => !BIN_KEYS.has(part));
  return other === undefined ? null : `"${other}" of bins can ask for any number of them`;
};

const numbers: Rule = (key, value) => {
  if (typeof value !== 'number' || DATA_KEYS.has(key)) return null;
  return Number.isFinite(value) && Math.abs(value) <= GUARD_BOUNDS.number
    ? null
    : `"${key}" is a number above ${GUARD_BOUNDS.number}`;
};

/** Broken lines, for one, whose pieces are too short to end. */
const dashes: Rule = (key, value) =>
  /dash$/i.test(key) &&
  Array.isArray(value) &&
  value.some(one => typeof one !== 'number' || (one !== 0 && one < 0.5))
    ? `"${key}" has pieces that are too short`
    : null;

const formats: Rule = (key, value) => {
  if (!/^(?:format|.*Format)$/.test(key) || typeof value !== 'string') return null;
  return value.length > 40 || /\d{3,}/.test(value) ? `"${key}" is too wide` : null;
};

const customFormats: Rule = (key, value) =>
  key === 'customFormatTypes' || (key === 'formatType' && value !== 'number' && value !== 'time')
    ? `"${key}" names a function of the page`
    : null;

const params: Rule = (key, value) => {
  if (key !== 'params' || !Array.isArray(value)) return null;
  const names = value.map(param => (isPart(param) ? String(param['name']) : ''));
  const taken = names.find(name => TAKEN.test(name));
  return taken === undefined ? null : `a parameter may not be called "${taken.slice(0, 40)}"`;
};

const lookups: Rule = (key, value) => {
  if (key !== 'format' || !isPart(value)) return null;
  const other = Object.keys(value).find(part => part !== 'parse');
  return other === undefined ? null : `"${other}" of a data format`;
};

/** All of them; each member of a definition is shown to each. */
export const RULES: readonly Rule[] = [
  outward,
  forbidden,
  unbounded,
  marks,
  schema,
  sizes,
  steps,
  bases,
  bins,
  numbers,
  dashes,
  formats,
  customFormats,
  params,
  lookups,
  ...PAGE_RULES
];
