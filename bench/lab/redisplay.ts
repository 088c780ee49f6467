import type { Workbench } from '../workbench.ts';
import type { LabFigures } from './figures.ts';
import { LIVE_LIMIT_MS, withLabPage, type BenchNotebook } from './lab-page.ts';
import { growth, sendingTimes } from './stream-view.ts';
import { takeStates } from './watch-script.ts';

const UPDATES_A_SECOND = 10;
const WARM_UP_SECONDS = 5;
/** Longer than what is measured. */
const SPARE_SECONDS = 60;

/** Display updates with a Vega-Lite chart of twenty bars, as notebooks do it that stream without a front end of their own. */
function program(seconds: number): string {
  return `
import random, time
from IPython.display import display

counts = {f'word{n}': 0 for n in range(200)}

def chart():
    for word in counts:
        counts[word] += random.randrange(10)
    top = sorted(counts.items(), key=lambda item: -item[1])[:20]
    return {'application/vnd.vegalite.v5+json': {
        '$schema': 'https://vega.github.io/schema/vega-lite/v5.json',
        'description': f'at={time.time() * 1000:.0f}',
        'data': {'values': [{'word': word, 'n': n} for word, n in top]},
        'mark': 'bar',
        'encoding': {
            'x': {'field': 'n', 'type': 'quantitative'},
            'y': {'field': 'word', 'type': 'nominal', 'sort': '-x'}}}}

handle = display(chart(), raw=True, display_id=True)
for _ in range(${seconds * UPDATES_A_SECOND}):
    time.sleep(${1 / UPDATES_A_SECOND})
    handle.update(chart(), raw=True)
`.trim();
}

/** The same ten updates a second without Headrace: IPython's kernel and JupyterLab's own Vega renderer. */
export async function measureRedisplay(
  options: { readonly seconds: number; readonly program: string },
  bench: Workbench
): Promise<LabFigures['redisplayed']> {
  const { seconds } = options;
  const notebook: BenchNotebook = {
    file: 'redisplayed.ipynb',
    kernel: { name: 'python3', label: 'Python 3 (ipykernel)', language: 'python' },
    cells: [program(seconds + WARM_UP_SECONDS + SPARE_SECONDS)]
  };
  return withLabPage(notebook, options.program, bench, async lab => {
    await lab.run();
    await lab.page.locator('[aria-label^="at="]').first().waitFor({ timeout: LIVE_LIMIT_MS });
    await bench.clock.sleep(WARM_UP_SECONDS * 1_000, bench.signal);
    await takeStates(lab.page);
    const file = await growth(seconds, lab, bench);
    const states = await takeStates(lab.page);
    return { sent: sendingTimes(states), rate: states.length / seconds, file };
  });
}
