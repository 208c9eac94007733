/** Random polls for property tests: few people and few units, so that ballots, sales, proxies and co-owners meet at one unit. */
import type { Ballot } from '../../app/votes/ballot.ts'
import type { Clause } from '../../app/votes/matter.ts'
import { POLICY_WORDS } from '../../app/votes/policy.ts'
import { UNIT_KINDS, UNIT_STATUSES } from '../../app/votes/roll.ts'
import type { Poll } from '../../app/votes/tally.ts'
import { fc } from '../support/properties.ts'
import { poll, unit } from './polls.ts'

const PEOPLE = ['A', 'A', 'B', 'BUYER', 'DEV', 'AGENT']
const UNITS = ['U0', 'U1', 'U2', 'U3']
const person = fc.constantFrom(...PEOPLE)
const unitId = fc.constantFrom(...UNITS)
const instant = fc.integer({ min: 5, max: 95 })

/** Rolls of up to four units whose owners meet. */
const anyRoll = fc.uniqueArray(unitId, { minLength: 1 }).chain(ids =>
  fc.tuple(
    ...ids.map(id =>
      fc
        .record({
          owners: fc.uniqueArray(person, { minLength: 1, maxLength: 3 }),
          area: fc.bigInt({ min: 1n, max: 6n }),
          building: fc.constantFrom('1', '1', '2'),
          kind: fc.constantFrom('residence', 'commercial', 'residence', ...UNIT_KINDS),
          status: fc.constantFrom('delivered', 'delivered', 'delivered', ...UNIT_STATUSES),
        })
        .map(fields => unit(id, fields)),
    ),
  ),
)

export const anyBallot = fc
  .record({
    units: fc.uniqueArray(fc.constantFrom('U0', 'U0', 'U0', ...UNITS, 'NOWHERE'), {
      minLength: 1,
      maxLength: 2,
    }),
    by: person,
    asProxy: fc.boolean(),
    choice: fc.constantFrom('FOR', 'FOR', 'AGAINST', 'AGAINST', 'ABSTAIN', 'BLANK', 'OVERVOTE', 'WITHDRAW'),
    channel: fc.constantFrom('online', 'paper', 'proxy'),
    atMicros: instant,
  })
  .map(fields => fields as Omit<Ballot, 'id'>)

const anyPolicy = fc.record({
  silentPolicy: fc.constantFrom(...POLICY_WORDS.silentPolicy),
  blankPolicy: fc.constantFrom(...POLICY_WORDS.blankPolicy),
  overvotePolicy: fc.constantFrom(...POLICY_WORDS.overvotePolicy),
  duplicatePolicy: fc.constantFrom(...POLICY_WORDS.duplicatePolicy),
  coOwnerConflict: fc.constantFrom(...POLICY_WORDS.coOwnerConflict),
  countSpecialSpaces: fc.boolean(),
  proxyLimit: fc.integer({ min: 0, max: 3 }),
  withdrawAllowed: fc.boolean(),
})

/** Polls in which all the rules meet. */
export const anyPoll: fc.Arbitrary<Poll> = fc
  .record({
    units: anyRoll,
    ballots: fc.array(anyBallot, { maxLength: 14 }),
    policy: anyPolicy,
    clause: fc.integer({ min: 1, max: 9 }),
    scope: fc.constantFrom(null, null, { buildings: ['1'], entrances: [] }),
    developer: fc.constantFrom('DEV', 'DEV', undefined),
    representatives: fc.array(fc.tuple(unitId, person), { maxLength: 2 }),
    proxies: fc.array(
      fc.record({ unit: unitId, proxy: fc.constantFrom('AGENT', 'A'), registeredAtMicros: instant }),
      { maxLength: 6 },
    ),
    sales: fc.array(fc.record({ at: fc.nat(), to: fc.constantFrom('BUYER', 'A'), atMicros: instant }), {
      maxLength: 3,
    }),
    delivered: fc.uniqueArray(unitId),
  })
  .map(({ units, ballots, policy, clause, scope, developer, delivered, representatives, proxies, sales }) => {
    const transfers = sales.map(({ at, to, atMicros }) => {
      const { id, owners } = units[at % Math.min(2, units.length)]!
      return { unit: id, from: owners[at % owners.length]!, to, atMicros }
    })
    return poll(
      units,
      ballots.map((fields, i) => ({ id: `B${String(i).padStart(2, '0')}`, ...fields })),
      {
        policy,
        matter: { clause: clause as Clause, scope },
        register: { transfers, proxies, representatives: new Map(representatives) },
        delivered: new Set(delivered),
        ...(developer !== undefined && { developer }),
      },
    )
  })
