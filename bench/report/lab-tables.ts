import type { LabFigures } from '../lab/figures.ts';
import { count, perSecond, timesRow, type Table } from './format.ts';

/** Tables of a view in JupyterLab. */
export function labTables({
  produced,
  sent,
  parts,
  rate,
  file,
  reload,
  redisplayed
}: LabFigures): readonly Table[] {
  return [
    [
      ['JupyterLab', 'p50', 'p95'],
      timesRow('produce → painted', produced),
      timesRow('kernel → painted', sent),
      timesRow('… message on the page', parts.arrived),
      timesRow('… chart drawn', parts.drawn),
      timesRow('… frame shown', parts.shown),
      timesRow('display updates, kernel → painted', redisplayed.sent),
      timesRow('reload → live again', reload.whole),
      timesRow('notebook shown → live again', reload.view)
    ],
    [
      [`notebook, ${file.seconds} s of streaming`, 'growth', 'writes', 'drawn'],
      ['Headrace', `${count(file.bytes)} B`, count(file.writes), perSecond(rate)],
      [
        'display updates',
        `${count(redisplayed.file.bytes)} B`,
        count(redisplayed.file.writes),
        perSecond(redisplayed.rate)
      ]
    ]
  ];
}
