/** `tally FILE [--json]` as people and checks run it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { tallyCommand } from '../../app/cli/tally.ts'

const directory = mkdtempSync(join(tmpdir(), 'tally-'))
afterAll(() => rmSync(directory, { recursive: true, force: true }))

const POLL = {
  id: 'V',
  matter: { clause: 5 },
  window: { opensAt: '2026-05-01T09:00:00+08:00', closesAt: '2026-05-31T18:00:00+08:00' },
  roll: { unitGroups: [{ prefix: 'A', from: 1, to: 300, area: 10_000 }] },
  ballots: [{ group: 'A', from: 1, to: 199, choice: 'FOR' }],
}
const SILENT = {
  ...POLL,
  id: 'S',
  policy: { silentPolicy: 'follow_majority' },
  deliveredTo: [{ group: 'A', from: 1, to: 300 }],
  ballots: [
    ...POLL.ballots,
    { group: 'A', from: 200, to: 200, choice: 'FOR', at: '2026-06-01T00:00:00+08:00' },
  ],
  alternatives: [{ policy: {} }],
}

let out = ''
let errors = ''
beforeEach(() => {
  out = ''
  errors = ''
  vi.stubEnv('INIT_CWD', directory)
  vi.spyOn(process.stdout, 'write').mockImplementation(((text: string, done?: () => void) => {
    out += text
    done?.()
    return true
  }) as typeof process.stdout.write)
  vi.spyOn(process.stderr, 'write').mockImplementation(text => {
    errors += String(text)
    return true
  })
  return () => {
    vi.restoreAllMocks()
    vi.unstubAllEnvs()
  }
})

function write(name: string, content: string | Uint8Array): string {
  writeFileSync(join(directory, name), content)
  return name
}

describe('tally', () => {
  it('judges every poll and exits 0, whatever they come to', async () => {
    expect(
      await tallyCommand([write('a.json', JSON.stringify({ examples: [POLL, SILENT] })), '--json']),
    ).toBe(0)
    const { results } = JSON.parse(out)
    expect(results.map((r: { id: string; outcome: string }) => [r.id, r.outcome])).toEqual([
      ['V', 'NO_QUORUM'],
      ['S', 'NO_QUORUM'],
    ])
    expect(Object.keys(results[0])).toEqual([
      'id',
      'total',
      'participating',
      'for',
      'against',
      'abstain',
      'quorum',
      'approval',
      'outcome',
      'excluded',
    ])
    expect(results[1].clause).toMatchObject({ majority: 'FOR', silentHeads: 101, outcome: 'PASSED' })
    expect(errors).toBe('')
  })

  it('says it in one sentence, integers beside the floors, both results side by side', async () => {
    expect(await tallyCommand([write('b.json', JSON.stringify({ examples: [SILENT] }))])).toBe(0)
    expect(out).toContain('参与面积 66.33%（19900.00 / 30000.00 ㎡）< 2/3 ✗')
    expect(out).toContain('参与不足，未产生决定')
    expect(out).toContain('送达未投票的 101 人、10100.00 ㎡ 计入“同意”')
    expect(out).toContain('A-200 的 B-A-200：晚于表决截止时间')
    expect(out).not.toContain('否决')
  })

  it.each([
    ['no file', [], '用法'],
    ['two files', ['a', 'b'], '用法'],
    ['an unknown switch', ['a', '--fast'], '用法'],
    ['a file that is not there', ['missing.json'], 'missing.json: 读不了这个文件'],
  ])('exits 2 for %s', async (_what, args, words) => {
    expect(await tallyCommand(args)).toBe(2)
    expect(errors).toContain(words)
    expect(out).toBe('')
  })

  it('exits 2 and judges nothing when one poll cannot be read, with file, line, place and code', async () => {
    const text = JSON.stringify(
      { examples: [POLL, { ...POLL, id: 'W', roll: { units: [{ id: 'U', area: 1.5 }] } }] },
      null,
      1,
    )
    expect(await tallyCommand([write('c.json', text), '--json'])).toBe(2)
    expect(errors).toMatch(/^c\.json:\d+: examples\[1\]\.roll\.units\[0\]\.area: area-malformed: /)
    expect(out).toBe('')
    expect(await tallyCommand([write('d.json', Uint8Array.of(0xff, 0xfe, 0x7b))])).toBe(2)
    expect(errors).toContain('不是 UTF-8')
  })
})
