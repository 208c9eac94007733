/** In every test file: a complaint on the console that no test expects is a failure of the test that ran. */
import { afterEach, beforeEach, expect, vi } from 'vitest'

const complaints: string[] = []

beforeEach(() => {
  complaints.length = 0
  for (const kind of ['error', 'warn'] as const) {
    vi.spyOn(console, kind).mockImplementation((...words) => complaints.push(`${kind}: ${words.join(' ')}`))
  }
})

afterEach(() => {
  expect(complaints).toEqual([])
})
