/** A repeatable source of random integers. */
export interface Random {
  /** A whole number from 0 up to, and not including, `bound`. */
  below(bound: number): number;
}

/** Odd increment near 2^32 divided by the golden ratio: the counter visits every 32-bit state. */
const INCREMENT = 0x9e3779b9;

/**
 * A counter-based 32-bit generator: the state steps by a constant and two xor-multiply rounds mix it
 * (the finaliser family of https://doi.org/10.1145/2714064.2660195). Good for demonstration data, not for secrets.
 */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + INCREMENT) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return (mixed ^ (mixed >>> 16)) >>> 0;
  };
  return { below: bound => Math.floor((next() / 0x1_0000_0000) * bound) };
}
