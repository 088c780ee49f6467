import { MARK } from './page-watch.ts';

/** Layers in layers; JupyterLab itself opens no notebook with some hundreds, whatever they stand in. */
const NESTED = 60;

/** A Vega-Lite specification that is not what it seems. */
export type Definition = Readonly<Record<string, unknown>>;

const SET = `globalThis.${MARK} = 1`;
const HONEST: Definition = {
  mark: 'bar',
  encoding: {
    x: { field: 'n', type: 'quantitative' },
    y: { field: 'word', type: 'nominal' }
  }
};

/** What a stranger may try in a specification, by what it is after; `trap` is an address to reach. */
export function strangeDefinitions(
  trap: string
): Readonly<Record<string, Readonly<Record<string, Definition>>>> {
  return {
    'to load something': loads(trap),
    'to link somewhere': links(trap),
    'to show a picture of another server': pictures(trap),
    'to run code by an expression': code(),
    'to reach elements and events of the page': reaches(),
    'to keep the page busy': busy(),
    'to change the objects of the page': pollutes()
  };
}

function loads(trap: string): Record<string, Definition> {
  const url = `${trap}/rows.json`;
  const lookup = { lookup: 'word', from: { data: { url }, key: 'word', fields: ['n'] } };
  return {
    'data-url': { ...HONEST, data: { url } },
    'layer-url': { layer: [HONEST, { ...HONEST, data: { url, format: { type: 'csv' } } }] },
    'lookup-url': { ...HONEST, transform: [lookup] },
    'dataset-url': { ...HONEST, datasets: { rows: { url } } },
    'embed-patch': { ...HONEST, usermeta: { embedOptions: { patch: url, config: url } } }
  };
}

function links(trap: string): Record<string, Definition> {
  const encoding = { ...(HONEST.encoding as object) };
  return {
    'mark-href': { ...HONEST, mark: { type: 'bar', href: `${trap}/link`, cursor: 'pointer' } },
    'encoded-href': { ...HONEST, encoding: { ...encoding, href: { value: `${trap}/link` } } },
    'script-href': { ...HONEST, encoding: { ...encoding, href: { value: `javascript:${SET}` } } },
    'config-href': { ...HONEST, config: { mark: { href: `${trap}/link` } } }
  };
}

function pictures(trap: string): Record<string, Definition> {
  const url = `${trap}/pixel.png`;
  return {
    'image-mark': { mark: { type: 'image', url, width: 40, height: 40 } },
    'image-encoding': { mark: 'image', encoding: { url: { value: url } } },
    'image-style': { ...HONEST, background: `url(${url})` }
  };
}

function code(): Record<string, Definition> {
  const call = `datum.word.constructor.constructor('${SET}')()`;
  return {
    constructor: { ...HONEST, transform: [{ calculate: call, as: 'word' }] },
    'to-string': {
      ...HONEST,
      transform: [{ calculate: `[]['constr' + 'uctor']['from']({length: 1}, '${SET}')`, as: 'w' }]
    },
    filter: { ...HONEST, transform: [{ filter: `(1, eval)('${SET}')` }] },
    parameter: { ...HONEST, params: [{ name: 'p', expr: `window['eval']('${SET}')` }] },
    mark: { ...HONEST, mark: { type: 'bar', color: { expr: `alert('${SET}')` } } }
  };
}

function reaches(): Record<string, Definition> {
  const range = { input: 'range', min: 0, max: 9 };
  return {
    'bind-body': {
      ...HONEST,
      params: [{ name: 'p', value: 1, bind: { ...range, element: 'body' } }]
    },
    'window-keys': {
      ...HONEST,
      params: [{ name: 'p', select: { type: 'point', on: 'window:keydown!' } }]
    },
    'window-drag': {
      ...HONEST,
      params: [
        {
          name: 'p',
          select: {
            type: 'interval',
            on: '[window:pointerdown, window:pointerup] > window:pointermove!'
          }
        }
      ]
    }
  };
}

function busy(): Record<string, Definition> {
  const nested = Array.from({ length: NESTED }).reduce<Definition>(
    inner => ({ layer: [inner] }),
    HONEST
  );
  return {
    sequence: { ...HONEST, data: { sequence: { start: 0, stop: 1e9, as: 'n' } } },
    'expression-sequence': { ...HONEST, transform: [{ calculate: 'sequence(0, 1e9)', as: 'w' }] },
    bins: { ...HONEST, transform: [{ bin: { step: 1e-9, maxbins: 1e9 }, field: 'n', as: 'b' }] },
    size: { ...HONEST, width: 1e8, height: 1e8 },
    nested,
    timer: {
      ...HONEST,
      params: [{ name: 'p', value: 0, select: { type: 'point', on: 'timer{1}' } }]
    }
  };
}

function pollutes(): Record<string, Definition> {
  return { constructor: { ...HONEST, config: { constructor: { prototype: { [MARK]: 1 } } } } };
}

/** Keys that only JSON can write, and fields of odd names: what copies them may lose them, and nothing else may happen. */
export function harmlessDefinitions(): Record<string, Definition> {
  const text = `{"__proto__": {"${MARK}": 1}}`;
  return {
    proto: { ...HONEST, config: JSON.parse(text) as unknown },
    'top-proto': Object.assign(JSON.parse(text) as object, HONEST),
    fields: {
      ...HONEST,
      transform: [
        { calculate: '1', as: '__proto__' },
        { calculate: '1', as: 'constructor' }
      ]
    }
  };
}
