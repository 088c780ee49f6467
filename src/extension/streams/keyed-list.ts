/** A part of the page that shows one value and follows it. */
export interface Part<T> {
  readonly node: HTMLElement;
  update(value: T): void;
}

/**
 * The children of an element, one a value, found again by key: what is still there stays, with the focus
 * and the selection in it.
 */
export class KeyedList<T> {
  readonly #node: HTMLElement;
  readonly #keyOf: (value: T) => string;
  readonly #create: (value: T) => Part<T>;
  readonly #parts = new Map<string, Part<T>>();

  constructor(node: HTMLElement, keyOf: (value: T) => string, create: (value: T) => Part<T>) {
    this.#node = node;
    this.#keyOf = keyOf;
    this.#create = create;
  }

  update(values: readonly T[]): void {
    const keys = new Set(values.map(this.#keyOf));
    for (const [key, part] of [...this.#parts])
      if (!keys.has(key)) {
        part.node.remove();
        this.#parts.delete(key);
      }
    values.forEach((value, index) => this.#place(this.#partOf(value), value, index));
  }

  #partOf(value: T): Part<T> {
    const key = this.#keyOf(value);
    const known = this.#parts.get(key) ?? this.#create(value);
    this.#parts.set(key, known);
    return known;
  }

  #place(part: Part<T>, value: T, index: number): void {
    const there = this.#node.children[index] ?? null;
    if (there !== part.node) this.#node.insertBefore(part.node, there);
    part.update(value);
  }
}
