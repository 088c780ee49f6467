type Definition = Readonly<Record<string, unknown>>;

const n = { field: 'n', type: 'quantitative' };
const m = { field: 'm', type: 'quantitative' };
const t = { field: 't', type: 'temporal' };
const word = { field: 'word', type: 'nominal' };
const xy = { x: m, y: n };

/** Definitions as people write them; all of them are to be drawn. */
export const ordinary: Readonly<Record<string, Definition>> = {
  'bars of counts': { mark: 'bar', encoding: { x: word, y: { aggregate: 'count' } } },
  'lines with points': {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    data: { name: 'rows' },
    layer: [
      { mark: 'line', encoding: { x: t, y: n } },
      { mark: { type: 'point', filled: true }, encoding: { x: t, y: n } }
    ]
  },
  'a stacked area': { mark: 'area', encoding: { x: t, y: n, color: word } },
  'arcs of a ring': {
    mark: { type: 'arc', innerRadius: 40 },
    encoding: { theta: { ...n, aggregate: 'sum' }, color: word }
  },
  'a binned heat map': {
    mark: 'rect',
    encoding: {
      x: { ...m, bin: { maxbins: 10 } },
      y: { ...n, bin: true },
      color: { aggregate: 'count' }
    }
  },
  'a histogram': { mark: 'bar', encoding: { x: { ...n, bin: true }, y: { aggregate: 'count' } } },
  'box plots': { mark: { type: 'boxplot', extent: 'min-max' }, encoding: { x: word, y: n } },
  'text marks with a tooltip': {
    mark: { type: 'text', tooltip: true },
    encoding: { ...xy, text: word }
  },
  'a conditional colour': {
    mark: 'bar',
    encoding: {
      x: word,
      y: { ...n, aggregate: 'sum' },
      color: { condition: { test: "datum.word === 'be'", value: 'red' }, value: 'gray' }
    }
  },
  'an interval selection': {
    params: [{ name: 'brush', select: 'interval' }],
    mark: 'point',
    encoding: { ...xy, color: { condition: { param: 'brush', ...word }, value: 'gray' } }
  },
  'a selection by the legend': {
    params: [{ name: 'key', select: { type: 'point', fields: ['word'] }, bind: 'legend' }],
    mark: 'point',
    encoding: { ...xy, color: word, opacity: { condition: { param: 'key', value: 1 }, value: 0.2 } }
  },
  'zoom and pan': {
    params: [{ name: 'grid', select: 'interval', bind: 'scales' }],
    mark: 'point',
    encoding: xy
  },
  'a slider': {
    params: [{ name: 'least', value: 3, bind: { input: 'range', min: 0, max: 12, step: 1 } }],
    transform: [{ filter: 'datum.n >= least' }],
    mark: 'point',
    encoding: xy
  },
  'calculations, a filter and an aggregate': {
    transform: [
      { calculate: "upper(datum.word) + ': ' + format(datum.n, '.1f')", as: 'label' },
      { filter: { field: 'n', gt: 2 } },
      { aggregate: [{ op: 'mean', field: 'n', as: 'mean' }], groupby: ['label'] }
    ],
    mark: 'bar',
    encoding: {
      x: { field: 'mean', type: 'quantitative' },
      y: { field: 'label', type: 'nominal', sort: '-x' }
    }
  },
  'a window and a fold': {
    transform: [
      { window: [{ op: 'sum', field: 'n', as: 'running' }], sort: [{ field: 't' }] },
      { fold: ['n', 'running'], as: ['name', 'size'] }
    ],
    mark: 'line',
    encoding: {
      x: t,
      y: { field: 'size', type: 'quantitative' },
      color: { field: 'name', type: 'nominal' }
    }
  },
  'units of time': {
    mark: 'bar',
    encoding: { x: { ...t, timeUnit: 'hoursminutes' }, y: { ...n, aggregate: 'mean' } }
  },
  'small multiples': { mark: 'bar', encoding: { column: word, x: m, y: n }, width: 120 },
  'two charts beside each other': {
    hconcat: [
      { mark: 'point', encoding: xy },
      { mark: 'bar', encoding: { x: word, y: { aggregate: 'count' } } }
    ]
  },
  'a repeated chart': {
    repeat: ['n', 'm'],
    spec: {
      mark: 'bar',
      encoding: { x: { field: { repeat: 'repeat' }, bin: true }, y: { aggregate: 'count' } }
    }
  },
  'a density and a regression': {
    layer: [
      {
        transform: [{ density: 'n' }],
        mark: 'area',
        encoding: {
          x: { field: 'value', type: 'quantitative' },
          y: { field: 'density', type: 'quantitative' }
        }
      },
      {
        transform: [{ density: 'm' }],
        mark: 'line',
        encoding: {
          x: { field: 'value', type: 'quantitative' },
          y: { field: 'density', type: 'quantitative' }
        }
      }
    ]
  },
  'a rule with data of its own': {
    layer: [
      { mark: 'point', encoding: xy },
      {
        data: { values: [{ limit: 6 }] },
        mark: 'rule',
        encoding: { y: { field: 'limit', type: 'quantitative' } }
      }
    ]
  }
};
