/**
 * fast-check as every test takes it. The numbers are the same on every machine and every day, so that a landing is judged by
 * what changed and not by luck; whoever hunts for what no test has met yet asks for other numbers and more of them:
 * `PROPERTY_SEED=random PROPERTY_TIMES=50 npm test -- tests/votes`.
 */
import fc from 'fast-check'

const { PROPERTY_SEED = '20261128', PROPERTY_TIMES = '1' } = process.env

/** How often a property is tried: `count` times, or so many times more in a hunt. */
export function runs(count: number): number {
  return count * Number(PROPERTY_TIMES)
}

fc.configureGlobal({
  numRuns: runs(100),
  ...(PROPERTY_SEED !== 'random' && { seed: Number(PROPERTY_SEED) }),
})

export { fc }
