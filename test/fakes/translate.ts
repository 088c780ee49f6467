import type { Translate } from '../../src/panels/translate.ts';

/** English as it stands in the code. */
export const english: Translate = {
  __: (text, ...values) => fill(text, values),
  _n: (one, many, count, ...values) => fill(count === 1 ? one : many, [count, ...values])
};

function fill(text: string, values: readonly unknown[]): string {
  return text.replace(/%(\d)/g, (_, at: string) => String(values[Number(at) - 1]));
}
