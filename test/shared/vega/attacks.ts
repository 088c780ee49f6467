type Definition = Readonly<Record<string, unknown>>;

const n = { field: 'n', type: 'quantitative' };
const t = { field: 't', type: 'temporal' };
const xy = { x: { field: 'm', type: 'quantitative' }, y: n };

const on = (name: string, select: Definition): Definition => ({
  mark: 'point',
  encoding: xy,
  params: [{ name, select }]
});

/** Definitions that have to be refused before they are compiled, and why. */
export const attacks: Readonly<Record<string, { definition: Definition; complaint: RegExp }>> = {
  'data from an address': {
    definition: { data: { url: 'https://example.org/a.csv' }, mark: 'point' },
    complaint: /"url" leads out/
  },
  'data from a file, deep inside': {
    definition: { layer: [{ layer: [{ data: { url: '/etc/passwd' }, mark: 'point' }] }] },
    complaint: /"url"/
  },
  'a lookup in remote data': {
    definition: {
      transform: [{ lookup: 'a', from: { data: { url: '//x' }, key: 'a' } }],
      mark: 'bar'
    },
    complaint: /"url"/
  },
  'a link by a channel': {
    definition: { mark: 'point', encoding: { href: { field: 'word' } } },
    complaint: /"href"/
  },
  'a link of a mark': {
    definition: { mark: { type: 'bar', href: 'javascript:alert(1)' } },
    complaint: /"href"/
  },
  images: {
    definition: { mark: 'image', encoding: { url: { field: 'word' } } },
    complaint: /image/
  },
  maps: {
    definition: { mark: 'geoshape', projection: { type: 'mercator' } },
    complaint: /geoshape/
  },
  'options for whoever embeds it': {
    definition: { mark: 'bar', usermeta: { embedOptions: { ast: false } } },
    complaint: /"usermeta"/
  },
  'an input in another element': {
    definition: {
      mark: 'bar',
      params: [{ name: 'p', bind: { input: 'range', element: '#main' } }]
    },
    complaint: /"element"/
  },
  'an input with a handler': {
    definition: {
      mark: 'bar',
      params: [{ name: 'p', bind: { input: 'range', onfocus: 'alert(1)' } }]
    },
    complaint: /"onfocus" of an input/
  },
  'an input for a password': {
    definition: { mark: 'bar', params: [{ name: 'p', bind: { input: 'password' } }] },
    complaint: /an input of an unknown type/
  },
  'events of the window': {
    definition: on('p', { type: 'point', on: 'window:keydown' }),
    complaint: /"on" listens outside/
  },
  'events of an element of the page': {
    definition: on('p', {
      type: 'interval',
      on: '[body:mousedown, window:mouseup] > window:mousemove'
    }),
    complaint: /"on" listens outside/
  },
  'events as an object': {
    definition: on('p', { type: 'point', on: { source: 'window', type: 'keydown' } }),
    complaint: /"on" has to be text/
  },
  'rows out of nothing': {
    definition: { data: { sequence: { start: 0, stop: 1e9 } }, mark: 'point' },
    complaint: /"sequence" can make/
  },
  'rows out of few': {
    definition: {
      transform: [{ impute: 'n', key: 'm', keyvals: { start: 0, stop: 1e9 } }],
      mark: 'point'
    },
    complaint: /"impute" can make/
  },
  'a picture of a billion pixels': {
    definition: { mark: 'bar', width: 1e9, height: { step: 1e6 } },
    complaint: /"width" has to be a number up to 4000;.* a step of "height"/
  },
  'a width by a parameter': {
    definition: { mark: 'bar', params: [{ name: 'width', value: 1e9 }] },
    complaint: /may not be called "width"/
  },
  'bins without end': {
    definition: { mark: 'bar', encoding: { x: { field: 'n', bin: { step: 1e-9 } } } },
    complaint: /"step" of bins/
  },
  'a base that never gets there': {
    definition: {
      mark: 'bar',
      encoding: { x: { field: 'n', scale: { type: 'log', base: 1.0000001 } } }
    },
    complaint: /"base" has to be/
  },
  'ticks for every millisecond': {
    definition: {
      mark: 'bar',
      encoding: { x: { ...t, axis: { tickCount: { interval: 'millisecond', step: 1 } } } }
    },
    complaint: /"tickCount" has to be a number/
  },
  'a density of a billion steps': {
    definition: { transform: [{ density: 'n', steps: 1e9 }], mark: 'area' },
    complaint: /"steps" has to be a number/
  },
  'colours by the billion': {
    definition: {
      mark: 'bar',
      encoding: { color: { ...n, scale: { range: { scheme: 'blues', count: 1e9 } } } }
    },
    complaint: /"count" is a number above/
  },
  'a format of a billion digits': {
    definition: { mark: 'bar', encoding: { x: { ...n, axis: { format: '999999999d' } } } },
    complaint: /"format" is too wide/
  },
  'functions of the page': {
    definition: { mark: 'bar', config: { customFormatTypes: true } },
    complaint: /names a function of the page/
  },
  'a cursor from an address': {
    definition: { mark: { type: 'bar', cursor: 'url(https://example.org/c.png), auto' } },
    complaint: /"cursor" has to be a name/
  },
  'a fill from an address': {
    definition: { mark: { type: 'bar', fill: 'URL (https://example.org/c.svg#a)' } },
    complaint: /"fill" names an address/
  },
  'the prototype of everything': {
    definition: JSON.parse('{"mark":"bar","config":{"__proto__":{"polluted":1}}}') as Definition,
    complaint: /"__proto__" is no key/
  },
  constructors: {
    definition: { mark: 'bar', config: { constructor: { prototype: {} } } },
    complaint: /"constructor" is no key/
  },
  'Vega that is not Vega-Lite': {
    definition: { $schema: 'https://vega.github.io/schema/vega/v6.json', marks: [] },
    complaint: /not Vega-Lite/
  },
  'a thousand charts': {
    definition: {
      repeat: { row: Array<string>(50).fill('n'), column: Array<string>(50).fill('m') },
      spec: { mark: 'bar' }
    },
    complaint: /repeats a chart 2500 times/
  },
  'rows of its own by the thousand': {
    definition: { data: { values: Array.from({ length: 2000 }, () => ({})) }, mark: 'bar' },
    complaint: /rows of its own/
  },
  'layers that are too deep': {
    definition: Array.from({ length: 40 }).reduce<Definition>(inner => ({ layer: [inner] }), {
      mark: 'bar'
    }),
    complaint: /nested too deeply/
  },
  'a definition that is too large': {
    definition: {
      layer: Array.from({ length: 400 }, () => ({
        mark: { type: 'bar', a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: 7, h: 8 }
      }))
    },
    complaint: /too large/
  },
  'a text that is too long': {
    definition: { mark: 'bar', title: 'x'.repeat(10_000) },
    complaint: /"title" is too long a text/
  }
};

/** Expressions that have to be refused after compiling, and why. */
export const expressionAttacks: Readonly<
  Record<string, { expression: string; complaint: RegExp }>
> = {
  'counts for ever': { expression: 'sequence(1e9)', complaint: /calls sequence\(\)/ },
  'counts times': { expression: "timeSequence('day', 0, 1e15)", complaint: /timeSequence/ },
  'makes a pattern': {
    expression: "test(regexp('(a+)+$'), 'aaaaaaaaaaaaaaaaaaaaaa!')",
    complaint: /calls (?:test|regexp)/
  },
  'has a pattern': {
    expression: "replace('aaaaaaaaaaaaaaaaaaaaaaaa!', /(a+)+$/, '')",
    complaint: /has a pattern/
  },
  'pads a text': { expression: "pad('a', 1e9, 'b')", complaint: /pads a text too far/ },
  'pads a number': { expression: "format(1, '999999999d')", complaint: /makes up a format/ },
  'makes up a format': {
    expression: "format(1, '9' + '99999999d')",
    complaint: /makes up a format/
  },
  'reads a constructor': { expression: "datum['constructor']", complaint: /"constructor"/ },
  'writes to the log': { expression: "warn('a')", complaint: /calls warn/ },
  'sets data': { expression: "setdata('rows', [])", complaint: /calls setdata/ }
};
