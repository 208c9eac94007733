/** A roll against the register: who is one person, what is asked, what changed, and that the digest tells everything apart. */
import { describe, expect, it } from 'vitest'
import { areaCentiM2 } from '#kernel'
import type { Register, RegisteredUnit, RollRow } from '#people'
import {
  compareRoll,
  NO_ANSWERS,
  type RollAnswers,
  type RollKeys,
} from '../../../app/people/roll-file/compare-roll.ts'
import type { RollOwner } from '../../../app/people/roll-file/read-roll.ts'
import { answerKey, type KnownPerson } from '../../../app/people/roll-file/same-person.ts'
import { unitIdOf } from '../../../app/people/roll-file/unit-place.ts'
import { fc } from '../../support/properties.ts'

/** Readable keys: what is compared here is which texts meet, not how they are hashed. */
const KEYS: RollKeys = {
  name: text => `n:${text}`,
  phone: text => `p:${text}`,
  identity: text => `i:${text}`,
}

const owner = (name: string, phone: string | null = null, identity: string | null = null): RollOwner => ({
  name,
  phone,
  identity,
  isOrganisation: name.endsWith('公司'),
})

const row = (number: string, owners: readonly RollOwner[], changes: Partial<RollRow> = {}): RollRow => {
  const place = { building: '1栋', entrance: '', number }
  return {
    ...place,
    unitId: unitIdOf(place),
    sheet: null,
    line: 2,
    kind: 'residence',
    areaCentiM2: areaCentiM2(8950n),
    areaSource: 'register',
    status: 'delivered',
    owners,
    ...changes,
  }
}

const EMPTY: Register = { developer: null, units: [] }

const plan = (
  rows: readonly RollRow[],
  answers: Partial<RollAnswers> = {},
  register: Register = EMPTY,
  known: readonly KnownPerson[] = [],
) => compareRoll(rows, register, known, { ...NO_ANSWERS, ...answers }, KEYS)

/** For each row the people who own it, numbered in order of appearance. */
const headsOf = (made: ReturnType<typeof plan>) => {
  const numbers = new Map<string, number>()
  return made.rows.map(each =>
    each.after.owners.map(person => {
      if (!numbers.has(person)) numbers.set(person, numbers.size + 1)
      return numbers.get(person)!
    }),
  )
}

describe('one name in two units', () => {
  it('with one identity number is one person', () => {
    const made = plan([row('101', [owner('张三', null, 'A')]), row('102', [owner('张三', '1', 'A')])])
    expect([headsOf(made), made.open.persons]).toEqual([[[1], [1]], 0])
    expect(made.newPersons).toMatchObject([{ name: '张三', identity: 'A', phone: '1' }])
  })

  it('with two identity numbers is two people', () => {
    const made = plan([row('101', [owner('张三', '1', 'A')]), row('102', [owner('张三', '1', 'B')])])
    expect([headsOf(made), made.open.persons]).toEqual([[[1], [2]], 0])
  })

  it('with one phone is one person', () => {
    const made = plan([row('101', [owner('张三', '1')]), row('102', [owner('张三', '1')])])
    expect([headsOf(made), made.open.persons]).toEqual([[[1], [1]], 0])
  })

  it('of a company is one owner', () => {
    const made = plan([row('101', [owner('示例公司')]), row('102', [owner('示例公司')])])
    expect([headsOf(made), made.open.persons, made.newPersons.length]).toEqual([[[1], [1]], 0, 1])
  })

  it('with nothing to tell is asked, and counts as the answer says', () => {
    const rows = [row('101', [owner('张三')]), row('102', [owner('张三')])]
    const open = plan(rows)
    const [question] = open.groups.questions
    expect([open.open.persons, question!.asked, headsOf(open)]).toEqual([1, ['1栋-102'], [[1], [2]]])
    const key = answerKey(question!, '1栋-102')
    const same = plan(rows, { samePersons: { [key]: '1栋-101' } })
    expect([headsOf(same), same.open.persons, same.newPersons.length]).toEqual([[[1], [1]], 0, 1])
    const apart = plan(rows, { samePersons: { [key]: 'new' } })
    expect([headsOf(apart), apart.open.persons, apart.newPersons.length]).toEqual([[[1], [2]], 0, 2])
    for (const answer of ['', '1栋-102', '1栋-999']) {
      expect(plan(rows, { samePersons: { [key]: answer } }).open.persons).toBe(1)
    }
    expect(same.digest).not.toBe(apart.digest)
  })

  it('may be two of three', () => {
    const rows = ['101', '102', '103'].map(number => row(number, [owner('张三')]))
    const [question] = plan(rows).groups.questions
    const answered = plan(rows, {
      samePersons: {
        [answerKey(question!, '1栋-102')]: 'new',
        [answerKey(question!, '1栋-103')]: '1栋-102',
      },
    })
    expect([headsOf(answered), answered.open.persons]).toEqual([[[1], [2], [2]], 0])
  })

  it('is the couple that both units name', () => {
    const rows = [row('101', [owner('张三'), owner('李四')]), row('102', [owner('李四'), owner('张三')])]
    expect(plan(rows).open.persons).toBe(2)
  })
})

const KNOWN: readonly KnownPerson[] = [
  { personId: 'p1', nameKey: 'n:张三', phoneKey: 'p:1', identityKey: null, units: ['1栋-101'] },
  { personId: 'p2', nameKey: 'n:李四', phoneKey: null, identityKey: 'i:B', units: ['1栋-102'] },
]
const unit = (
  number: string,
  owners: readonly string[],
  changes: Partial<RegisteredUnit> = {},
): RegisteredUnit => ({
  unitId: `1栋-${number}`,
  building: '1栋',
  entrance: '',
  number,
  kind: 'residence',
  areaCentiM2: areaCentiM2(8950n),
  areaSource: 'register',
  status: 'delivered',
  owners,
  ...changes,
})
const REGISTER: Register = { developer: null, units: [unit('101', ['p1']), unit('102', ['p2'])] }
const again = [row('101', [owner('张三')]), row('102', [owner('李四')])]

describe('the next roll', () => {
  it('of the same units and names changes nothing and asks nothing', () => {
    const made = plan(again, {}, REGISTER, KNOWN)
    expect([made.counts, made.open.persons, made.newPersons, made.missing]).toEqual([
      { new: 0, unchanged: 2, changed: 0 },
      0,
      [],
      [],
    ])
  })

  it.each([
    ['areaCentiM2', areaCentiM2(9000n), 'area'],
    ['areaSource', 'survey', 'areaSource'],
    ['kind', 'commercial', 'kind'],
    ['status', 'sold_undelivered', 'status'],
    ['owners', [owner('王五')], 'owners'],
  ] as const)('with another %s says so', (field, value, changed) => {
    const made = plan([row('101', [owner('张三')], { [field]: value }), again[1]!], {}, REGISTER, KNOWN)
    expect(made.rows.map(each => [each.verdict, each.changed])).toEqual([
      ['changed', [changed]],
      ['unchanged', []],
    ])
    expect(made.rows[0]!.before).toEqual(REGISTER.units[0])
    expect(made.digest).not.toBe(plan(again, {}, REGISTER, KNOWN).digest)
  })

  it('names units that it does not have, and removes them only when told', () => {
    const made = plan(again.slice(0, 1), {}, REGISTER, KNOWN)
    expect([made.missing.map(each => each.unitId), made.removesMissing]).toEqual([['1栋-102'], false])
    expect(plan(again.slice(0, 1), { removesMissing: true }, REGISTER, KNOWN).digest).not.toBe(made.digest)
  })

  it('knows a buyer who owns already by phone or number, and asks about a name alone', () => {
    const sold = (buyer: RollOwner) => plan([again[0]!, row('102', [buyer])], {}, REGISTER, KNOWN)
    expect(sold(owner('张三', '1')).rows[1]!.after.owners).toEqual(['p1'])
    expect(sold(owner('张三')).open.persons).toBe(1)
    expect(sold(owner('张三')).groups.questions[0]!.members.map(member => member.personId)).toEqual([
      'p1',
      null,
    ])
    expect(sold(owner('李四', null, 'C')).newPersons).toMatchObject([{ name: '李四', identity: 'C' }])
  })

  it('tells news of a known person', () => {
    const made = plan([row('101', [owner('张三', '2', 'D')]), again[1]!], {}, REGISTER, KNOWN)
    expect([made.updates, made.counts.unchanged]).toEqual([
      [{ personId: 'p1', phone: '2', identity: 'D' }],
      2,
    ])
  })
})

describe("the developer's stock", () => {
  const rows = [
    row('101', [owner('张三')]),
    row('102', [], { status: 'unsold' }),
    row('103', [owner('李四')], { status: 'sold_undelivered' }),
    row('104', [owner('示例置业公司')], { status: 'unsold' }),
  ]

  it('waits until somebody says whose it is', () => {
    expect(plan(rows).open.developer).toBe(true)
    expect(plan(rows.slice(0, 1)).open.developer).toBe(false)
  })

  it('is the owner of that name, and of what nobody is named for', () => {
    const made = plan(rows, { developerName: '示例置业公司' })
    expect([made.open.developer, headsOf(made)]).toEqual([false, [[1], [2], [3], [2]]])
    expect(made.newPersons.find(person => person.token === made.developer)?.kind).toBe('developer')
  })

  it('may be of a name that owns nothing by itself', () => {
    const made = plan(rows, { developerName: '别家置业公司' })
    expect(made.newPersons.map(person => [person.name, person.kind])).toContainEqual([
      '别家置业公司',
      'developer',
    ])
    expect(made.rows[1]!.after.owners).toEqual([made.developer])
  })

  it('stays whose it was', () => {
    const made = plan(rows, {}, { developer: 'p2', units: [] }, KNOWN)
    expect([made.developer, made.rows[1]!.after.owners, made.open.developer]).toEqual(['p2', ['p2'], false])
  })
})

describe('any roll', () => {
  const names = fc.constantFrom('张三', '李四', '王五')
  const phones = fc.option(fc.constantFrom('1', '2'), { nil: null })
  const identities = fc.option(fc.constantFrom('A', 'B', 'C'), { nil: null })
  const rolls = fc
    .array(fc.tuple(names, phones, identities), { minLength: 1, maxLength: 12 })
    .map(owners =>
      owners.map(([name, phone, identity], index) =>
        row(String(101 + index), [owner(name, phone, identity === null ? null : `${name}${identity}`)]),
      ),
    )

  it('never makes one person of two identity numbers, nor two of one', () => {
    fc.assert(
      fc.property(rolls, rows => {
        const made = plan(rows)
        const persons = made.rows.map(each => each.after.owners[0]!)
        for (const [i, a] of rows.entries()) {
          for (const [j, b] of rows.entries()) {
            const [x, y] = [a.owners[0]!.identity, b.owners[0]!.identity]
            if (x !== null && y !== null) expect(persons[i] === persons[j]).toBe(x === y)
          }
        }
      }),
    )
  })

  it('gives the same heads in any order of its rows', () => {
    fc.assert(
      fc.property(rolls, fc.infiniteStream(fc.nat()), (rows, chance) => {
        const shuffled = rows
          .map(each => ({ each, key: chance.next().value as number }))
          .sort((a, b) => a.key - b.key)
          .map(({ each }) => each)
        const heads = (of: readonly RollRow[]) => {
          const groups = new Map<string, string[]>()
          for (const {
            row: { unitId },
            after,
          } of plan(of).rows) {
            groups.set(after.owners.join(), [...(groups.get(after.owners.join()) ?? []), unitId].sort())
          }
          return [...groups.values()].map(units => units.join()).sort()
        }
        expect(heads(shuffled)).toEqual(heads(rows))
      }),
    )
  })
})
