/** What the benches share: time of one act, and a comparison with the least that could do the same. */
import { performance } from 'node:perf_hooks'

/** Ours against the bare minimum, both in milliseconds for one act, measured in the same run on the same machine. */
export interface Comparison {
  readonly name: string
  readonly oursMs: number
  readonly bareMs: number
  readonly bare: string
  /** Slower than so many times the bare one is a failure. */
  readonly timesAtMost: number
  readonly note?: string
}

type Act = (index: number) => Promise<unknown>

async function timeOf(act: Act, index: number): Promise<number> {
  const begun = performance.now()
  await act(index)
  return performance.now() - begun
}

/**
 * Milliseconds of two acts that take turns, so that a busy moment of the machine falls on both; the middle of each one's
 * times. The first few do not count: code is compiled and caches fill.
 */
export async function timeInTurns(count: number, ours: Act, bare: Act, warmUp = 5) {
  const times: { ours: number[]; bare: number[] } = { ours: [], bare: [] }
  for (let index = 0; index < warmUp + count; index++) {
    const [oursMs, bareMs] = [await timeOf(ours, index), await timeOf(bare, index)]
    if (index < warmUp) continue
    times.ours.push(oursMs)
    times.bare.push(bareMs)
  }
  return { oursMs: median(times.ours), bareMs: median(times.bare) }
}

function median(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0
}

/** The share of one act in turns of so many acts. */
export function eachOf(turns: { readonly oursMs: number; readonly bareMs: number }, acts: number) {
  return { oursMs: turns.oursMs / acts, bareMs: turns.bareMs / acts }
}

/** Milliseconds an act takes on average when several callers keep at it until all are done. */
export async function timeTogether(count: number, callers: number, act: Act): Promise<number> {
  let next = 0
  const begun = performance.now()
  const call = async () => {
    while (next < count) await act(next++)
  }
  await Promise.all(Array.from({ length: callers }, call))
  return (performance.now() - begun) / count
}

const inWords = (ms: number) => (ms < 1 ? `${(ms * 1000).toFixed(0)} µs` : `${ms.toFixed(2)} ms`)

/** One line for people; false when the comparison fails its bound. */
export function report({ name, oursMs, bareMs, bare, timesAtMost, note }: Comparison): boolean {
  const times = oursMs / bareMs
  const isWithin = times <= timesAtMost
  process.stdout.write(
    `${isWithin ? 'ok  ' : 'SLOW'} ${name}: ${inWords(oursMs)}, ${times.toFixed(2)} times ${bare} (${inWords(bareMs)}); at most ${timesAtMost}${note === undefined ? '' : `; ${note}`}\n`,
  )
  return isWithin
}
