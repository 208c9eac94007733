/** The worked votes that the rules are published with, where they are present: every figure, outcome and exclusion. */
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parsePolls } from '../../app/votes/poll-file.ts'
import { formatResults, resultOf } from '../../app/votes/poll-result.ts'

const PATH = new URL('../../../shared/votes/examples.json', import.meta.url)

interface Example {
  readonly id: string
  readonly expected: Readonly<Record<string, unknown>>
  readonly alternatives?: readonly { readonly expected: Readonly<Record<string, unknown>> }[]
}

describe.runIf(existsSync(PATH))('worked votes', () => {
  const text = existsSync(PATH) ? readFileSync(PATH, 'utf8') : '{"examples":[]}'
  const examples = (JSON.parse(text) as { examples: Example[] }).examples
  const judged = (changed: string) => {
    const polls = parsePolls(changed)
    if (!polls.ok) throw new Error(JSON.stringify(polls.error))
    const { results } = JSON.parse(formatResults(polls.value.map(resultOf))) as {
      results: (Record<string, unknown> & { id: string; alternatives?: Record<string, unknown>[] })[]
    }
    return results
  }

  it('are there', () => {
    expect(examples.length).toBeGreaterThan(10)
  })

  it.each(examples.map((example, i) => [example.id, example, i] as const))('%s', (_id, example, i) => {
    const { id, alternatives, ...figures } = judged(text)[i]!
    const { display: _display, ...expected } = example.expected
    expect(id).toBe(example.id)
    expect(figures).toEqual(expected)
    expect(alternatives?.length).toBe(example.alternatives?.length)
    example.alternatives?.forEach((alternative, j) => {
      expect(alternatives![j]).toMatchObject(alternative.expected)
    })
  })

  it('differ when a ballot is tampered with', () => {
    const tampered = text.replace('"choice": "FOR"', '"choice": "AGAINST"')
    expect(judged(tampered)[0]).not.toMatchObject(examples[0]!.expected.for as object)
    expect(judged(tampered)[0]!.for).not.toEqual(examples[0]!.expected.for)
  })
})
