import { ALLOWED_FUNCTIONS, FORBIDDEN_NAMES } from './guard-lists.ts';

type Node = Readonly<Record<string, unknown>>;

/** Names that Vega-Lite gives to the signal of bins; only it may count along them. */
const BINS_SIGNAL = /^(?:[a-z0-9_]+_)?bin_[A-Za-z0-9_]*_bins$/;
const MAX_PADDING = 200;
const MAX_FORMAT = 40;
const FORMAT_CALL = /^(?:time|utc)(?:Format|Parse)$/;
/** d3 pads a number to any width that its format names. */
const WIDE_FORMAT = /\d{3,}/;

/**
 * What the expressions of a compiled specification ask for and may not, as clauses for a notice. `runtime`
 * is what `parse(…, { ast: true })` of Vega gives: whatever way an expression came in, its tree is in it.
 */
export function runtimeComplaints(runtime: unknown): string[] {
  const complaints = new Set<string>();
  const seen = new Set<object>();
  const open: unknown[] = [runtime];
  while (open.length > 0) {
    const node = open.pop();
    if (typeof node !== 'object' || node === null || seen.has(node)) continue;
    seen.add(node);
    const complaint = Array.isArray(node) ? null : complaintOf(node as Node);
    if (complaint !== null) complaints.add(complaint);
    for (const child of Object.values(node)) open.push(child);
  }
  return [...complaints];
}

function complaintOf(node: Node): string | null {
  switch (node['type']) {
    case 'CallExpression':
      return complaintOfCall(node);
    case 'MemberExpression':
      return forbiddenName(node['property'] as Node);
    case 'Identifier':
      return forbiddenName(node);
    case 'Literal':
      return node['regex'] === undefined ? forbiddenName(node) : 'an expression has a pattern';
    default:
      return null;
  }
}

function forbiddenName(node: Node): string | null {
  const name = node['name'] ?? node['value'];
  return typeof name === 'string' && FORBIDDEN_NAMES.has(name)
    ? `an expression reads "${name}"`
    : null;
}

function complaintOfCall(node: Node): string | null {
  const callee = node['callee'] as Node | undefined;
  const name = callee?.['name'];
  const args = Array.isArray(node['arguments']) ? (node['arguments'] as Node[]) : [];
  if (typeof name !== 'string') return 'an expression calls what is not a function of Vega';
  if (name === 'sequence') return isBinSequence(args) ? null : refusedCall(name);
  return ALLOWED_FUNCTIONS.has(name) ? complaintOfArguments(name, args) : refusedCall(name);
}

function complaintOfArguments(name: string, args: readonly Node[]): string | null {
  if (name === 'pad') return isShort(args[1]) ? null : 'an expression pads a text too far';
  const formats = name === 'format' || FORMAT_CALL.test(name);
  return !formats || args.slice(1).every(isPlainFormat) ? null : 'an expression makes up a format';
}

function refusedCall(name: string): string {
  return `an expression calls ${name.slice(0, 40)}()`;
}

function isShort(node: Node | undefined): boolean {
  const value = node?.['value'];
  return node?.['type'] === 'Literal' && typeof value === 'number' && value <= MAX_PADDING;
}

/** A text that is written out, or a choice between such, or specifiers of time units. */
function isPlainFormat(node: Node): boolean {
  if (node['type'] === 'ConditionalExpression')
    return isPlainFormat(node['consequent'] as Node) && isPlainFormat(node['alternate'] as Node);
  if (node['type'] === 'CallExpression')
    return (node['callee'] as Node)['name'] === 'timeUnitSpecifier';
  const value = node['value'];
  if (node['type'] !== 'Literal' || typeof value !== 'string') return false;
  return value.length <= MAX_FORMAT && !WIDE_FORMAT.test(value);
}

/** `sequence(bins.start, bins.stop + bins.step, bins.step)`, as Vega-Lite writes it for an axis of bins. */
function isBinSequence([start, stop, step]: readonly Node[]): boolean {
  return (
    isBinPart(start, 'start') &&
    isBinPart(step, 'step') &&
    stop?.['type'] === 'BinaryExpression' &&
    isBinPart(stop['left'] as Node, 'stop') &&
    isBinPart(stop['right'] as Node, 'step')
  );
}

function isBinPart(node: Node | undefined, part: string): boolean {
  if (node?.['type'] !== 'MemberExpression') return false;
  const { object, property } = node as { readonly object: Node; readonly property: Node };
  const name = object['name'];
  return typeof name === 'string' && BINS_SIGNAL.test(name) && property['name'] === part;
}
