/** Doing together what is asked for at once: every item is answered once, in order, and none for another's fault. */
import { expect, it } from 'vitest'
import { together } from '../../app/platform/together.server.ts'

const settled = (answers: readonly PromiseSettledResult<unknown>[]) =>
  answers.map(answer => (answer.status === 'fulfilled' ? answer.value : 'failed'))

it('gathers while a batch is under way, fifty at most, in the order they came', async () => {
  const batches: number[][] = []
  const run = async (items: readonly number[]) => {
    batches.push([...items])
    await Promise.resolve()
    return items.map(item => item * 2)
  }
  const owner = {}
  const items = Array.from({ length: 120 }, (_, i) => i)
  const answers = await Promise.all(items.map(item => together(owner, 'x', item, run)))
  expect(answers).toEqual(items.map(item => item * 2))
  expect(batches.map(batch => batch.length)).toEqual([1, 50, 50, 19])
  expect(batches.flat()).toEqual(items)
  expect(await together(owner, 'x', 7, run)).toBe(14)
  expect(batches).toHaveLength(5)
})

it('tries each alone when a batch fails, and fails only whose fault it is', async () => {
  const run = async (items: readonly number[]) => {
    if (items.includes(3)) throw new Error('three')
    return items
  }
  const owner = {}
  const answers = await Promise.allSettled([0, 1, 2, 3, 4].map(item => together(owner, 'x', item, run)))
  expect(settled(answers)).toEqual([0, 1, 2, 'failed', 4])
})

it('keeps owners and names apart', async () => {
  const seen: string[] = []
  const run = (name: string) => async (items: readonly number[]) => {
    seen.push(`${name}${items.join('')}`)
    return items
  }
  const [a, b] = [{}, {}]
  await Promise.all([
    together(a, 'x', 1, run('ax')),
    together(a, 'y', 2, run('ay')),
    together(b, 'x', 3, run('bx')),
  ])
  expect(seen.sort()).toEqual(['ax1', 'ay2', 'bx3'])
})
