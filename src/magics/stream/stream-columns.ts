import type { StreamHandle } from '../../runtime/streams/port.ts';
import { HeadraceError } from '../../shared/errors.ts';
import type { Column } from '../../shared/view.ts';
import { suggestion } from '../parser/nearest.ts';

/** What a view is chosen by. */
export type Schema = Pick<StreamHandle, 'name' | 'columns' | 'keys' | 'aggregated'>;

/** The columns of a stream by what they are good for. */
export class StreamColumns {
  readonly #schema: Schema;

  constructor(schema: Schema) {
    this.#schema = schema;
  }

  get all(): readonly Column[] {
    return this.#schema.columns;
  }

  get aggregated(): boolean {
    return this.#schema.aggregated;
  }

  get keys(): readonly Column[] {
    return this.all.filter(column => this.#schema.keys.includes(column.name));
  }

  /** Numbers that are measured, not grouped by. */
  get numbers(): readonly Column[] {
    return this.all.filter(
      column => column.type === 'number' && !this.#schema.keys.includes(column.name)
    );
  }

  /** What rows are told apart by: the keys, or the columns that are no numbers. */
  get labels(): readonly Column[] {
    return this.#schema.keys.length > 0
      ? this.keys
      : this.all.filter(column => column.type !== 'number');
  }

  /** The time that rows are grouped by, else the first one. */
  get time(): Column | undefined {
    const isTime = (column: Column): boolean => column.type === 'time';
    return this.keys.find(isTime) ?? this.all.find(isTime);
  }

  /**
   * The column of this name.
   *
   * @param type what it has to be; any type where absent
   * @throws HR_USAGE with the nearest name, or with what the column is
   */
  named(name: string, flag: string, type?: Column['type']): Column {
    const column = this.all.find(each => each.name === name);
    if (column === undefined)
      throw new HeadraceError('HR_USAGE', `${this.#schema.name} has no column ${name} (${flag})`, {
        next: suggestion(
          name,
          this.all.map(each => each.name)
        )
      });
    if (type === undefined || column.type === type) return column;
    throw this.lacks(`${flag} takes a column of ${type}s`, `${name} is ${column.type}`);
  }

  /** The error of a view that these columns cannot make; `what` says what it needs. */
  lacks(what: string, why = `${this.#schema.name} has ${this.#described}`): HeadraceError {
    return new HeadraceError('HR_USAGE', what, {
      why,
      next: 'Choose another kind or none, or select such a column in the query.'
    });
  }

  get #described(): string {
    return this.all.map(({ name, type }) => `${name} (${type})`).join(', ');
  }
}
