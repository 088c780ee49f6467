/** An object of a definition. */
export type Part = Readonly<Record<string, unknown>>;

/** A rule looks at one member of a definition: its key, its value, what it is in. Null: nothing to say. */
export type Rule = (key: string, value: unknown, parent: Part) => string | null;

/** Whether a value is an object and no list. */
export function isPart(value: unknown): value is Part {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
