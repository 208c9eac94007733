/** Files of polls: what is read, and how what is wrong is named. No text may do more than be refused. */
import { describe, expect, it } from 'vitest'
import { LARGEST_EXPANSION, parseInstantMicros, parsePolls } from '../../app/votes/poll-file.ts'
import { formatResults, resultOf } from '../../app/votes/poll-result.ts'
import { fc, runs } from '../support/properties.ts'

const GOOD = {
  id: 'V',
  matter: { clause: 5, class: 'ordinary' },
  window: { opensAt: '2026-05-01T09:00:00+08:00', closesAt: '2026-05-31T18:00:00+08:00' },
  policy: {},
  roll: { developer: 'DEV', unitGroups: [{ prefix: 'A', from: 1, to: 3, area: 10_000 }] },
  ballots: [{ group: 'A', from: 1, to: 2, choice: 'FOR' }],
}
const fileOf = (...examples: unknown[]) => JSON.stringify({ examples })
const changed = (change: Record<string, unknown>) => fileOf({ ...GOOD, ...change })
const refusals = (text: string) => {
  const polls = parsePolls(text)
  return polls.ok ? [] : polls.error.map(({ path, code }) => `${path}: ${code}`)
}
const resultsOf = (text: string) => {
  const polls = parsePolls(text)
  if (!polls.ok) throw new Error(JSON.stringify(polls.error))
  return JSON.parse(formatResults(polls.value.map(resultOf))).results
}
const inRoll = (unit: Record<string, unknown>) => changed({ roll: { units: [unit] }, ballots: [] })
const inBallot = (ballot: Record<string, unknown>) =>
  changed({ ballots: [{ id: 'b', units: ['A-001'], by: 'P-A-001', choice: 'FOR', ...ballot }] })

describe('reading', () => {
  it('expands groups, with every default of the format', () => {
    const polls = parsePolls(fileOf(GOOD))
    expect(
      polls.ok && polls.value[0]!.poll.roll.units.map(unit => [unit.id, unit.building, unit.owners]),
    ).toEqual([
      ['A-001', 'A', ['P-A-001']],
      ['A-002', 'A', ['P-A-002']],
      ['A-003', 'A', ['P-A-003']],
    ])
    expect(polls.ok && polls.value[0]!.poll.ballots[1]).toEqual({
      id: 'B-A-002',
      units: ['A-002'],
      by: 'P-A-002',
      asProxy: false,
      choice: 'FOR',
      channel: 'online',
      atMicros: Date.UTC(2026, 4, 10, 2) * 1000,
    })
  })

  it('gives a group ballot to the listed owner of its units', () => {
    const [result] = resultsOf(
      changed({ roll: { unitGroups: [{ prefix: 'A', from: 1, to: 3, area: 1, owners: ['LIN'] }] } }),
    )
    expect(result.participating).toEqual({ area: 2, heads: 1 })
    expect(result.excluded).toEqual([])
  })

  it('judges alternatives by the poll’s own switches and what they change', () => {
    const ballots = [{ id: 'b', units: ['A-001'], by: 'P-A-001', choice: 'OVERVOTE' }]
    const [result] = resultsOf(
      changed({
        ballots,
        policy: { countSpecialSpaces: true },
        alternatives: [{ policy: { overvotePolicy: 'abstain' } }],
      }),
    )
    expect(result.abstain).toEqual({ area: 0, heads: 0 })
    expect(result.alternatives[0].abstain).toEqual({ area: 10_000, heads: 1 })
    expect(resultsOf(fileOf(GOOD))[0]).not.toHaveProperty('alternatives')
  })

  it('takes the default policy from the file when it names one', () => {
    const text = JSON.stringify({ default_policy: { withdrawAllowed: false }, examples: [GOOD] })
    const polls = parsePolls(text)
    expect(polls.ok && polls.value[0]!.poll.policy.withdrawAllowed).toBe(false)
  })

  it('writes sums larger than a float can hold with all their digits', () => {
    const area = Number.MAX_SAFE_INTEGER
    const polls = parsePolls(changed({ roll: { unitGroups: [{ prefix: 'A', from: 1, to: 3, area }] } }))
    if (!polls.ok) throw new Error('refused')
    expect(formatResults(polls.value.map(resultOf))).toContain('"total":{"area":27021597764222973,"heads":3}')
  })

  it('accepts what decides itself: ballots for units and by people nobody knows', () => {
    const [result] = resultsOf(
      changed({
        ballots: [
          { id: 'x', units: ['Z-1'], by: 'NOBODY', choice: 'FOR' },
          { id: 'y', units: ['A-001'], by: 'NOBODY', choice: 'FOR' },
        ],
      }),
    )
    expect(result.excluded).toEqual([
      { ballot: 'y', unit: 'A-001', reason: 'NOT_ENTITLED' },
      { ballot: 'x', unit: 'Z-1', reason: 'NOT_ON_ROLL' },
    ])
  })
})

describe('refusing', () => {
  const at = 'examples[0]'
  it.each([
    ['no JSON', '{"examples": [', ': json-malformed'],
    ['no object', '[]', ': object-expected'],
    ['no examples', '{}', 'examples: array-expected'],
    ['another version', '{"schema_version": 2, "examples": []}', 'schema_version: schema-unknown'],
    ['an area with a fraction', inRoll({ id: 'U', area: 89.5 }), `${at}.roll.units[0].area: area-malformed`],
    ['a negative area', inRoll({ id: 'U', area: -1 }), `${at}.roll.units[0].area: area-malformed`],
    ['no area', inRoll({ id: 'U', area: 0 }), `${at}.roll.units[0].area: area-malformed`],
    ['an area as text', inRoll({ id: 'U', area: '8950' }), `${at}.roll.units[0].area: area-malformed`],
    [
      'an area beyond exact numbers',
      inRoll({ id: 'U', area: 2 ** 53 }),
      `${at}.roll.units[0].area: area-malformed`,
    ],
    [
      'an unknown kind',
      inRoll({ id: 'U', area: 1, kind: 'castle' }),
      `${at}.roll.units[0].kind: word-unknown`,
    ],
    [
      'an unknown status',
      inRoll({ id: 'U', area: 1, status: 'sold' }),
      `${at}.roll.units[0].status: word-unknown`,
    ],
    ['no owner', inRoll({ id: 'U', area: 1, owners: [] }), `${at}.roll.units[0].owners: owners-empty`],
    [
      'a nameless owner',
      inRoll({ id: 'U', area: 1, owners: [''] }),
      `${at}.roll.units[0].owners[0]: text-malformed`,
    ],
    ['half a character', inRoll({ id: '\ud800', area: 1 }), `${at}.roll.units[0].id: text-malformed`],
    [
      'a unit twice',
      changed({
        roll: { unitGroups: GOOD.roll.unitGroups, units: [{ id: 'A-002', area: 1 }] },
        ballots: [],
      }),
      `${at}.roll.units[0].id: unit-duplicate`,
    ],
    [
      'a group that is too large',
      changed({ roll: { unitGroups: [{ prefix: 'A', from: 1, to: LARGEST_EXPANSION + 1, area: 1 }] } }),
      `${at}.roll.unitGroups[0]: too-many`,
    ],
    [
      'groups that are too large together',
      changed({
        ballots: [1, 2].map(() => ({ group: 'A', from: 2, to: LARGEST_EXPANSION, choice: 'FOR' })),
      }),
      `${at}.ballots[1]: too-many`,
    ],
    [
      'a group backwards',
      changed({ ballots: [{ group: 'A', from: 3, to: 1, choice: 'FOR' }] }),
      `${at}.ballots[0].to: range-reversed`,
    ],
    ['an unknown choice', inBallot({ choice: 'MAYBE' }), `${at}.ballots[0].choice: word-unknown`],
    ['no choice', inBallot({ choice: undefined }), `${at}.ballots[0].choice: text-expected`],
    ['an unknown channel', inBallot({ channel: 'fax' }), `${at}.ballots[0].channel: word-unknown`],
    ['a ballot for nothing', inBallot({ units: [] }), `${at}.ballots[0].units: units-empty`],
    ['a ballot by nobody', inBallot({ by: undefined }), `${at}.ballots[0].by: text-expected`],
    ['a proxy that is a word', inBallot({ asProxy: 'yes' }), `${at}.ballots[0].asProxy: boolean-expected`],
    [
      'a time without an offset',
      inBallot({ at: '2026-05-10T10:00:00' }),
      `${at}.ballots[0].at: time-malformed`,
    ],
    [
      'an unknown switch',
      changed({ policy: { quorum: 'half' } }),
      `${at}.policy.quorum: policy-switch-unknown`,
    ],
    [
      'an unknown value of a switch',
      changed({ policy: { proxyLimit: 2.5 } }),
      `${at}.policy.proxyLimit: policy-value-unknown`,
    ],
    ['a policy that is a list', changed({ policy: [] }), `${at}.policy: policy-not-object`],
    [
      'a window that closes before it opens',
      changed({ window: { opensAt: GOOD.window.closesAt, closesAt: GOOD.window.opensAt } }),
      `${at}.window: window-reversed`,
    ],
    ['clause 10', changed({ matter: { clause: 10 } }), `${at}.matter.clause: clause-unknown`],
    [
      'a special matter by the ordinary gate',
      changed({ matter: { clause: 8, class: 'ordinary' } }),
      `${at}.matter.class: class-mismatch`,
    ],
    ['an empty scope', changed({ matter: { clause: 5, scope: {} } }), `${at}.matter.scope: scope-empty`],
    ['two polls of one name', fileOf(GOOD, GOOD), 'examples[1].id: poll-duplicate'],
    [
      'a representative whom the unit does not know',
      changed({ representatives: { 'A-001': 'NOBODY' } }),
      `${at}.representatives.A-001: owner-unknown`,
    ],
    [
      'a sale of a unit that is not on the roll',
      changed({ transfers: [{ unit: 'Z', from: 'A', to: 'B', at: GOOD.window.opensAt }] }),
      `${at}.transfers[0].unit: unit-unknown`,
    ],
    [
      'a sale by somebody who never owned',
      changed({ transfers: [{ unit: 'A-001', from: 'A', to: 'B', at: GOOD.window.opensAt }] }),
      `${at}.transfers[0].from: owner-unknown`,
    ],
  ])('%s', (_what, text, refusal) => {
    expect(refusals(text)).toEqual([refusal])
    expect(refusals(fileOf(GOOD))).toEqual([])
  })

  it('names the line', () => {
    const text = `{\n "examples": [\n${JSON.stringify(GOOD)},\n{"id": "W",\n"policy": {\n"nonsense": 1}}]}`
    const polls = parsePolls(text)
    expect(polls.ok ? [] : polls.error[0]).toEqual({
      path: 'examples[1].policy.nonsense',
      line: 6,
      code: 'policy-switch-unknown',
    })
  })

  it('stops listing problems at a number that helps', () => {
    expect(refusals(fileOf(...Array.from({ length: 100 }, () => 1))).length).toBe(50)
  })

  it('never throws, whatever JSON or text it is given, and judges what it accepts', () => {
    const judge = (text: string) => {
      const polls = parsePolls(text)
      if (!polls.ok) expect(polls.error.length).toBeGreaterThan(0)
      else expect(formatResults(polls.value.map(resultOf))).toContain('"results"')
    }
    fc.assert(fc.property(fc.string(), judge))
    fc.assert(fc.property(fc.json(), judge))
    // Damage at one place of a good file: any value anywhere.
    const places = [...JSON.stringify({ examples: [GOOD] }).matchAll(/"[^"]*"(?!:)|\d+|\{\}|true/g)]
    fc.assert(
      fc.property(fc.nat(places.length - 1), fc.jsonValue(), (i, value) => {
        const { index, 0: old } = places[i]!
        const text = fileOf(GOOD)
        judge(text.slice(0, index) + JSON.stringify(value) + text.slice(index + old.length))
      }),
      { numRuns: runs(2000) },
    )
  })

  it('is not reached by names of prototypes', () => {
    expect(refusals('{"examples":[],"__proto__":{"examples":1}}')).toEqual([])
    expect(refusals(changed({ policy: JSON.parse('{"constructor": 1}') }))).toEqual([
      `${at}.policy.constructor: policy-switch-unknown`,
    ])
    expect(
      resultsOf(changed({ ballots: [{ id: 'b', units: ['__proto__'], by: 'toString', choice: 'FOR' }] }))[0]
        .excluded,
    ).toEqual([{ ballot: 'b', unit: '__proto__', reason: 'NOT_ON_ROLL' }])
  })
})

describe('instants', () => {
  it.each([
    ['1990-01-01T00:00:00Z', 631_152_000_000_000],
    ['2026-05-31T18:00:00+08:00', 1_780_221_600_000_000],
    ['2026-05-31T10:00:00Z', 1_780_221_600_000_000],
    ['2026-05-31T04:30:00-05:30', 1_780_221_600_000_000],
    ['2026-05-31T18:00+08:00', 1_780_221_600_000_000],
    ['2026-05-31T18:00:00.000001+08:00', 1_780_221_600_000_001],
    ['2026-05-31T18:00:00.5+08:00', 1_780_221_600_500_000],
  ])('%s', (text, micros) => {
    expect(parseInstantMicros(text)).toBe(micros)
  })

  it.each([
    '2026-02-29T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-05-31T24:00:00Z',
    '2026-05-31T18:00:60Z',
    '2026-05-31T18:00:00.0000001+08:00',
    '2026-05-31 18:00:00+08:00',
    '2026-05-31T18:00:00',
    '2026-05-31T18:00:00+15:00',
    '0026-05-31T18:00:00Z',
  ])('refuses %s', text => {
    expect(parseInstantMicros(text)).toBeNull()
  })
})
