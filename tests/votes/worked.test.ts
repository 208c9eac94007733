/**
 * Worked votes, one or more for each rule, with figures worked out by hand, and beside each a twin in which one thing was
 * tampered with. Units are 100.00 m2 with one owner each, the window is 10 to 90, ballots arrive at 50, unless said.
 */
import { describe, expect, it } from 'vitest'
import type { Ballot } from '../../app/votes/ballot.ts'
import { type Poll, tally } from '../../app/votes/tally.ts'
import { ballot, briefly, poll, unit } from './polls.ts'

interface Worked {
  readonly rule: string
  readonly poll: Poll
  readonly comesTo: string
  readonly twin: Poll
  readonly twinComesTo: string
}

const three = [unit('A'), unit('B'), unit('C')]
const yes = (id: string, changes: Partial<Ballot> = {}) => ballot(`b${id}`, id, `P-${id}`, 'FOR', changes)
const no = (id: string, changes: Partial<Ballot> = {}) => ballot(`n${id}`, id, `P-${id}`, 'AGAINST', changes)
const couple = [unit('A'), unit('H', { owners: ['W', 'L'] })]
const cast = (id: string, by: string, choice: Ballot['choice'], changes: Partial<Ballot> = {}): Ballot =>
  ballot(id, 'H', by, choice, changes)
const many = (count: number, area = 10_000n) =>
  Array.from({ length: count }, (_, i) => unit(`U${String(i).padStart(3, '0')}`, { area }))
const firstYes = (count: number) => many(count).map(({ id }) => yes(id))
const agentOf = (...units: string[]) => ({
  representatives: new Map<string, string>(),
  transfers: [],
  proxies: units.map(id => ({ unit: id, proxy: 'AGENT', registeredAtMicros: 20 })),
})
const byAgent = (id: string, choice: Ballot['choice'], atMicros = 50): Ballot =>
  ballot(`x${id}`, id, 'AGENT', choice, { asProxy: true, atMicros })
const sold = (atMicros: number) => ({
  representatives: new Map<string, string>(),
  proxies: [],
  transfers: [{ unit: 'A', from: 'P-A', to: 'BUYER', atMicros }],
})
const bought = (atMicros: number) => [{ unit: 'H', from: 'W', to: 'L', atMicros }]
const bothSold = (atMicros: number) => [{ unit: 'H', from: 'L', to: 'BUYER', atMicros }]
const representativeBuys = (atMicros: number) => ({
  proxies: [],
  representatives: new Map([['H', 'L']]),
  transfers: bought(atMicros),
})

const WORKED: readonly Worked[] = [
  {
    rule: 'R1 areas beyond the precision of a float decide exactly: 3 x 6,004,799,503,160,662 against 2 x 9,007,199,254,740,992',
    poll: poll(
      [
        unit('A', { area: 6_004_799_503_160_662n, owners: ['P-A'] }),
        unit('B', { area: 3_002_399_751_580_330n, owners: ['P-A'] }),
      ],
      [yes('A')],
    ),
    comesTo: 'heads P 1/1 F 1 A 0 B 0 | m2 P 60047995031606/90071992547409 F 60047995031606 A 0 B 0 | PASSED',
    twin: poll(
      [
        unit('A', { area: 6_004_799_503_160_661n, owners: ['P-A'] }),
        unit('B', { area: 3_002_399_751_580_331n, owners: ['P-A'] }),
      ],
      [yes('A')],
    ),
    twinComesTo:
      'heads P 1/1 F 1 A 0 B 0 | m2 P 60047995031606/90071992547409 F 60047995031606 A 0 B 0 | NO_QUORUM',
  },
  {
    rule: 'R2 parking stays out of the base, and a ballot for it is out of scope; counted in, it decides the quorum',
    poll: poll([unit('A'), unit('K', { kind: 'parking', area: 90_000n })], [yes('A'), no('K')]),
    comesTo: 'heads P 1/1 F 1 A 0 B 0 | m2 P 100/100 F 100 A 0 B 0 | PASSED | K:nK:OUT_OF_SCOPE',
    twin: poll([unit('A'), unit('K', { kind: 'parking', area: 90_000n })], [yes('A')], {
      policy: { countSpecialSpaces: true },
    }),
    twinComesTo: 'heads P 1/2 F 1 A 0 B 0 | m2 P 100/1000 F 100 A 0 B 0 | NO_QUORUM',
  },
  {
    rule: 'R2 only the owners of the named building; a neighbour is out of scope, and joins when theirs is named too',
    poll: poll([unit('A'), unit('B', { building: '2' })], [yes('A'), no('B')], {
      matter: { clause: 5, scope: { buildings: ['1'], entrances: [] } },
    }),
    comesTo: 'heads P 1/1 F 1 A 0 B 0 | m2 P 100/100 F 100 A 0 B 0 | PASSED | B:nB:OUT_OF_SCOPE',
    twin: poll([unit('A'), unit('B', { building: '2' })], [yes('A'), no('B')], {
      matter: { clause: 5, scope: { buildings: ['1'], entrances: [{ building: '2', entrance: '1' }] } },
    }),
    twinComesTo: 'heads P 2/2 F 1 A 1 B 0 | m2 P 200/200 F 100 A 100 B 0 | NOT_PASSED',
  },
  {
    rule: 'R3 two units of one couple are one head in whatever order they are named; sole and joint ownership are two',
    poll: poll(
      [unit('A', { owners: ['H', 'W'] }), unit('B', { owners: ['W', 'H', 'W'] })],
      [ballot('b', ['A', 'B'], 'W', 'FOR')],
    ),
    comesTo: 'heads P 1/1 F 1 A 0 B 0 | m2 P 200/200 F 200 A 0 B 0 | PASSED',
    twin: poll(
      [unit('A', { owners: ['H', 'W'] }), unit('B', { owners: ['W'] })],
      [ballot('b', ['A', 'B'], 'W', 'FOR')],
    ),
    twinComesTo: 'heads P 2/2 F 2 A 0 B 0 | m2 P 200/200 F 200 A 0 B 0 | PASSED',
  },
  {
    rule: 'R3 unsold, undelivered and the developer’s own unit are one head, and the buyer who waits has no vote yet',
    poll: poll(
      [
        unit('A', { status: 'unsold' }),
        unit('B', { status: 'sold_undelivered' }),
        unit('C', { owners: ['DEV'] }),
      ],
      [ballot('d', ['A', 'B', 'C'], 'DEV', 'FOR'), yes('B')],
      { developer: 'DEV' },
    ),
    comesTo: 'heads P 1/1 F 1 A 0 B 0 | m2 P 300/300 F 300 A 0 B 0 | PASSED | B:bB:NOT_ENTITLED',
    twin: poll(
      [unit('A', { status: 'unsold' }), unit('B', { status: 'delivered' }), unit('C', { owners: ['DEV'] })],
      [ballot('d', ['A', 'B', 'C'], 'DEV', 'FOR'), yes('B')],
      { developer: 'DEV' },
    ),
    twinComesTo: 'heads P 2/2 F 2 A 0 B 0 | m2 P 300/300 F 300 A 0 B 0 | PASSED | B:d:NOT_ENTITLED',
  },
  {
    rule: 'R4 partly overlapping owners are separate heads',
    poll: poll(
      [unit('A', { owners: ['H', 'W'] }), unit('B', { owners: ['W', 'S'] })],
      [ballot('b', ['A', 'B'], 'W', 'FOR')],
    ),
    comesTo: 'heads P 2/2 F 2 A 0 B 0 | m2 P 200/200 F 200 A 0 B 0 | PASSED',
    twin: poll(
      [unit('A', { owners: ['H', 'W'] }), unit('B', { owners: ['W', 'H'] })],
      [ballot('b', ['A', 'B'], 'W', 'FOR')],
    ),
    twinComesTo: 'heads P 1/1 F 1 A 0 B 0 | m2 P 200/200 F 200 A 0 B 0 | PASSED',
  },
  {
    rule: 'R5 the seller’s earlier ballot stands against the buyer; withdrawn in time, it leaves the vote to the buyer',
    poll: poll([unit('A')], [yes('A', { atMicros: 30 }), ballot('y', 'A', 'BUYER', 'AGAINST')], {
      register: sold(40),
    }),
    comesTo: 'heads P 1/1 F 1 A 0 B 0 | m2 P 100/100 F 100 A 0 B 0 | PASSED | A:y:SELLER_ALREADY_VOTED',
    twin: poll(
      [unit('A')],
      [
        yes('A', { atMicros: 30 }),
        ballot('w', 'A', 'P-A', 'WITHDRAW', { atMicros: 35 }),
        ballot('y', 'A', 'BUYER', 'AGAINST'),
      ],
      { register: sold(40) },
    ),
    twinComesTo: 'heads P 1/1 F 0 A 1 B 0 | m2 P 100/100 F 0 A 100 B 0 | NOT_PASSED | A:bA:WITHDRAWN',
  },
  {
    rule: 'R5 from the instant of the sale only the buyer may vote; the seller’s void ballot blocks nobody',
    poll: poll([unit('A')], [yes('A', { atMicros: 40 }), ballot('y', 'A', 'BUYER', 'AGAINST')], {
      register: sold(40),
    }),
    comesTo: 'heads P 1/1 F 0 A 1 B 0 | m2 P 100/100 F 0 A 100 B 0 | NOT_PASSED | A:bA:NOT_ENTITLED',
    twin: poll(
      [unit('A')],
      [ballot('o', 'A', 'P-A', 'OVERVOTE', { atMicros: 39 }), ballot('y', 'A', 'BUYER', 'AGAINST')],
      { register: sold(40) },
    ),
    twinComesTo: 'heads P 1/1 F 0 A 1 B 0 | m2 P 100/100 F 0 A 100 B 0 | NOT_PASSED | A:o:INVALID_MARK',
  },
  {
    rule: 'R5 the sale moves neither the base nor the head: the buyer of one of two units votes in the seller’s head',
    poll: poll(
      [unit('A'), unit('B', { owners: ['P-A'] }), unit('C')],
      [ballot('b', 'B', 'P-A', 'FOR'), ballot('y', 'A', 'BUYER', 'AGAINST'), yes('C')],
      { register: sold(40) },
    ),
    comesTo: 'heads P 2/2 F 1 A 0 B 1 | m2 P 300/300 F 200 A 100 B 0 | NOT_PASSED',
    twin: poll(
      [unit('A'), unit('B', { owners: ['P-A'] }), unit('C')],
      [ballot('b', 'B', 'P-A', 'FOR'), ballot('y', 'A', 'BUYER', 'FOR'), yes('C')],
      { register: sold(40) },
    ),
    twinComesTo: 'heads P 2/2 F 2 A 0 B 0 | m2 P 300/300 F 300 A 0 B 0 | PASSED',
  },
  {
    rule: 'R5, R9 the seller’s mandate ends with the sale; a ballot the agent cast before it stands',
    poll: poll([unit('A')], [byAgent('A', 'FOR', 50)], {
      register: { ...sold(40), proxies: agentOf('A').proxies },
    }),
    comesTo: 'heads P 0/1 F 0 A 0 B 0 | m2 P 0/100 F 0 A 0 B 0 | NO_QUORUM | A:xA:NO_WRITTEN_PROXY',
    twin: poll([unit('A')], [byAgent('A', 'FOR', 30), ballot('y', 'A', 'BUYER', 'AGAINST')], {
      register: { ...sold(40), proxies: agentOf('A').proxies },
    }),
    twinComesTo: 'heads P 1/1 F 1 A 0 B 0 | m2 P 100/100 F 100 A 0 B 0 | PASSED | A:y:SELLER_ALREADY_VOTED',
  },
  {
    rule: 'R6 both ends of the window belong to it; a microsecond outside does not, whoever signed',
    poll: poll(three, [yes('A', { atMicros: 10 }), yes('B', { atMicros: 90 })]),
    comesTo: 'heads P 2/3 F 2 A 0 B 0 | m2 P 200/300 F 200 A 0 B 0 | PASSED',
    twin: poll(three, [yes('A', { atMicros: 9 }), ballot('z', 'B', 'NOBODY', 'FOR', { atMicros: 91 })]),
    twinComesTo: 'heads P 0/3 F 0 A 0 B 0 | m2 P 0/300 F 0 A 0 B 0 | NO_QUORUM | A:bA:BEFORE_OPEN | B:z:LATE',
  },
  {
    rule: 'R6 a stranger and a unit that is not on the roll',
    poll: poll([unit('A')], [ballot('s', 'A', 'STRANGER', 'FOR'), yes('Z')]),
    comesTo:
      'heads P 0/1 F 0 A 0 B 0 | m2 P 0/100 F 0 A 0 B 0 | NO_QUORUM | A:s:NOT_ENTITLED | Z:bZ:NOT_ON_ROLL',
    twin: poll(
      [unit('A', { owners: ['STRANGER'] }), unit('Z')],
      [ballot('s', 'A', 'STRANGER', 'FOR'), yes('Z')],
    ),
    twinComesTo: 'heads P 2/2 F 2 A 0 B 0 | m2 P 200/200 F 200 A 0 B 0 | PASSED',
  },
  {
    rule: 'R7 the latest valid ballot prevails, and an overvote after it does not displace it; or the first',
    poll: poll(
      [unit('H', { owners: ['W'] })],
      [
        cast('1', 'W', 'AGAINST', { atMicros: 30 }),
        cast('2', 'W', 'FOR', { atMicros: 40 }),
        cast('3', 'W', 'OVERVOTE', { atMicros: 50 }),
      ],
    ),
    comesTo:
      'heads P 1/1 F 1 A 0 B 0 | m2 P 100/100 F 100 A 0 B 0 | PASSED | H:1:SUPERSEDED | H:3:INVALID_MARK',
    twin: poll(
      [unit('H', { owners: ['W'] })],
      [
        cast('1', 'W', 'AGAINST', { atMicros: 30 }),
        cast('2', 'W', 'FOR', { atMicros: 40 }),
        cast('3', 'W', 'OVERVOTE', { atMicros: 50 }),
      ],
      { policy: { duplicatePolicy: 'first_valid' } },
    ),
    twinComesTo:
      'heads P 1/1 F 0 A 1 B 0 | m2 P 100/100 F 0 A 100 B 0 | NOT_PASSED | H:2:SUPERSEDED | H:3:INVALID_MARK',
  },
  {
    rule: 'R7 paper prevails: the latest of the paper ballots, though an online one is later; or online does',
    poll: poll(
      [unit('H', { owners: ['W'] })],
      [
        cast('p1', 'W', 'AGAINST', { channel: 'paper', atMicros: 20 }),
        cast('p2', 'W', 'FOR', { channel: 'paper', atMicros: 30 }),
        cast('o', 'W', 'AGAINST', { atMicros: 40 }),
      ],
      { policy: { duplicatePolicy: 'paper_prevails' } },
    ),
    comesTo:
      'heads P 1/1 F 1 A 0 B 0 | m2 P 100/100 F 100 A 0 B 0 | PASSED | H:o:SUPERSEDED | H:p1:SUPERSEDED',
    twin: poll(
      [unit('H', { owners: ['W'] })],
      [
        cast('o', 'W', 'AGAINST', { atMicros: 20 }),
        cast('p2', 'W', 'FOR', { channel: 'paper', atMicros: 30 }),
      ],
      { policy: { duplicatePolicy: 'online_prevails' } },
    ),
    twinComesTo: 'heads P 1/1 F 0 A 1 B 0 | m2 P 100/100 F 0 A 100 B 0 | NOT_PASSED | H:p2:SUPERSEDED',
  },
  {
    rule: 'R7 ties in time follow the order of receipt',
    poll: poll([unit('H', { owners: ['W'] })], [cast('1', 'W', 'AGAINST'), cast('2', 'W', 'FOR')]),
    comesTo: 'heads P 1/1 F 1 A 0 B 0 | m2 P 100/100 F 100 A 0 B 0 | PASSED | H:1:SUPERSEDED',
    twin: poll([unit('H', { owners: ['W'] })], [cast('2', 'W', 'FOR'), cast('1', 'W', 'AGAINST')]),
    twinComesTo: 'heads P 1/1 F 0 A 1 B 0 | m2 P 100/100 F 0 A 100 B 0 | NOT_PASSED | H:2:SUPERSEDED',
  },
  {
    rule: 'R8 a withdrawal takes back all earlier ballots of the unit and none later; where it is not allowed, none',
    poll: poll(couple, [
      yes('A'),
      cast('1', 'W', 'AGAINST', { atMicros: 20 }),
      cast('2', 'L', 'AGAINST', { atMicros: 30 }),
      cast('w', 'W', 'WITHDRAW', { atMicros: 40 }),
      cast('3', 'L', 'FOR', { atMicros: 50 }),
    ]),
    comesTo: 'heads P 2/2 F 2 A 0 B 0 | m2 P 200/200 F 200 A 0 B 0 | PASSED | H:1:WITHDRAWN | H:2:WITHDRAWN',
    twin: poll(
      couple,
      [yes('A'), cast('1', 'W', 'AGAINST', { atMicros: 20 }), cast('w', 'W', 'WITHDRAW', { atMicros: 40 })],
      { policy: { withdrawAllowed: false } },
    ),
    twinComesTo:
      'heads P 2/2 F 1 A 1 B 0 | m2 P 200/200 F 100 A 100 B 0 | NOT_PASSED | H:w:WITHDRAW_NOT_ALLOWED',
  },
  {
    rule: 'R8 after close nothing is taken back',
    poll: poll([unit('A')], [yes('A'), ballot('w', 'A', 'P-A', 'WITHDRAW', { atMicros: 90 })]),
    comesTo: 'heads P 0/1 F 0 A 0 B 0 | m2 P 0/100 F 0 A 0 B 0 | NO_QUORUM | A:bA:WITHDRAWN',
    twin: poll([unit('A')], [yes('A'), ballot('w', 'A', 'P-A', 'WITHDRAW', { atMicros: 91 })]),
    twinComesTo: 'heads P 1/1 F 1 A 0 B 0 | m2 P 100/100 F 100 A 0 B 0 | PASSED | A:w:LATE',
  },
  {
    rule: 'R8, R9 an agent cannot take back what the owner did in person, only what the agent did',
    poll: poll([unit('A')], [yes('A', { atMicros: 30 }), byAgent('A', 'WITHDRAW')], {
      register: agentOf('A'),
    }),
    comesTo: 'heads P 1/1 F 1 A 0 B 0 | m2 P 100/100 F 100 A 0 B 0 | PASSED | A:xA:OVERRIDDEN_BY_OWNER',
    twin: poll([unit('A')], [byAgent('A', 'FOR', 30), { ...byAgent('A', 'WITHDRAW'), id: 'w' }], {
      register: agentOf('A'),
    }),
    twinComesTo: 'heads P 0/1 F 0 A 0 B 0 | m2 P 0/100 F 0 A 0 B 0 | NO_QUORUM | A:xA:WITHDRAWN',
  },
  {
    rule: 'R9 the limit keeps the earliest owners acted for; a second unit of one of them is no further owner',
    poll: poll(
      [unit('A'), unit('B'), unit('C', { owners: ['P-A'] })],
      [byAgent('B', 'FOR', 60), byAgent('A', 'FOR', 50), byAgent('C', 'FOR', 70)],
      { register: agentOf('A', 'B', 'C'), policy: { proxyLimit: 1 } },
    ),
    comesTo: 'heads P 1/2 F 1 A 0 B 0 | m2 P 200/300 F 200 A 0 B 0 | NO_QUORUM | B:xB:PROXY_LIMIT',
    twin: poll(
      [unit('A'), unit('B'), unit('C', { owners: ['P-A'] })],
      [byAgent('B', 'FOR', 60), byAgent('A', 'FOR', 50), byAgent('C', 'FOR', 70)],
      { register: agentOf('A', 'B', 'C'), policy: { proxyLimit: 2 } },
    ),
    twinComesTo: 'heads P 2/2 F 2 A 0 B 0 | m2 P 300/300 F 300 A 0 B 0 | PASSED',
  },
  {
    rule: 'R9 registered before use: at the same instant is, a microsecond later is not',
    poll: poll([unit('A')], [byAgent('A', 'FOR', 20)], { register: agentOf('A') }),
    comesTo: 'heads P 1/1 F 1 A 0 B 0 | m2 P 100/100 F 100 A 0 B 0 | PASSED',
    twin: poll([unit('A')], [byAgent('A', 'FOR', 19)], { register: agentOf('A') }),
    twinComesTo: 'heads P 0/1 F 0 A 0 B 0 | m2 P 0/100 F 0 A 0 B 0 | NO_QUORUM | A:xA:NO_WRITTEN_PROXY',
  },
  {
    rule: 'R9 the owner’s own ballot prevails, also an earlier one; a late or void one of theirs does not',
    poll: poll([unit('A')], [no('A', { atMicros: 30 }), byAgent('A', 'FOR')], { register: agentOf('A') }),
    comesTo: 'heads P 1/1 F 0 A 1 B 0 | m2 P 100/100 F 0 A 100 B 0 | NOT_PASSED | A:xA:OVERRIDDEN_BY_OWNER',
    twin: poll([unit('A')], [no('A', { atMicros: 91 }), byAgent('A', 'FOR')], { register: agentOf('A') }),
    twinComesTo: 'heads P 1/1 F 1 A 0 B 0 | m2 P 100/100 F 100 A 0 B 0 | PASSED | A:nA:LATE',
  },
  {
    rule: 'R10 co-owners who agree count once, by the earliest; who disagree, not at all',
    poll: poll(couple, [yes('A'), cast('2', 'L', 'FOR', { atMicros: 60 }), cast('1', 'W', 'FOR')]),
    comesTo: 'heads P 2/2 F 2 A 0 B 0 | m2 P 200/200 F 200 A 0 B 0 | PASSED | H:2:SAME_UNIT_DUPLICATE',
    twin: poll(couple, [yes('A'), cast('2', 'L', 'AGAINST', { atMicros: 60 }), cast('1', 'W', 'FOR')]),
    twinComesTo:
      'heads P 1/2 F 1 A 0 B 0 | m2 P 100/200 F 100 A 0 B 0 | NO_QUORUM | H:1:CO_OWNER_CONFLICT | H:2:CO_OWNER_CONFLICT',
  },
  {
    rule: 'R10 a conflict as an abstention of the unit, or decided by the earliest',
    poll: poll(couple, [yes('A'), cast('2', 'L', 'AGAINST', { atMicros: 60 }), cast('1', 'W', 'FOR')], {
      policy: { coOwnerConflict: 'abstain' },
    }),
    comesTo: 'heads P 2/2 F 1 A 0 B 1 | m2 P 200/200 F 100 A 0 B 100 | NOT_PASSED',
    twin: poll(couple, [yes('A'), cast('2', 'L', 'AGAINST', { atMicros: 60 }), cast('1', 'W', 'FOR')], {
      policy: { coOwnerConflict: 'first_valid' },
    }),
    twinComesTo: 'heads P 2/2 F 2 A 0 B 0 | m2 P 200/200 F 200 A 0 B 0 | PASSED | H:2:CO_OWNER_CONFLICT',
  },
  {
    rule: 'R10 a blank is an abstention and conflicts with a choice; a void ballot conflicts with nothing',
    poll: poll(couple, [yes('A'), cast('1', 'W', 'FOR'), cast('2', 'L', 'BLANK')]),
    comesTo:
      'heads P 1/2 F 1 A 0 B 0 | m2 P 100/200 F 100 A 0 B 0 | NO_QUORUM | H:1:CO_OWNER_CONFLICT | H:2:CO_OWNER_CONFLICT',
    twin: poll(couple, [yes('A'), cast('1', 'W', 'FOR'), cast('2', 'L', 'OVERVOTE')]),
    twinComesTo: 'heads P 2/2 F 2 A 0 B 0 | m2 P 200/200 F 200 A 0 B 0 | PASSED | H:2:INVALID_MARK',
  },
  {
    rule: 'R10 the named representative decides, and nobody else, also when the representative stays silent',
    poll: poll(couple, [yes('A'), cast('1', 'W', 'AGAINST'), cast('2', 'L', 'FOR')], {
      register: { ...agentOf(), representatives: new Map([['H', 'L']]) },
    }),
    comesTo: 'heads P 2/2 F 2 A 0 B 0 | m2 P 200/200 F 200 A 0 B 0 | PASSED | H:1:NOT_REPRESENTATIVE',
    twin: poll(couple, [yes('A'), cast('1', 'W', 'FOR')], {
      register: { ...agentOf(), representatives: new Map([['H', 'L']]) },
    }),
    twinComesTo: 'heads P 1/2 F 1 A 0 B 0 | m2 P 100/200 F 100 A 0 B 0 | NO_QUORUM | H:1:NOT_REPRESENTATIVE',
  },
  {
    rule: 'R10, R5 whoever buys the representative’s share decides in their place',
    poll: poll(couple, [yes('A'), cast('1', 'W', 'AGAINST'), cast('2', 'BUYER', 'FOR')], {
      register: {
        proxies: [],
        representatives: new Map([['H', 'L']]),
        transfers: [{ unit: 'H', from: 'L', to: 'BUYER', atMicros: 40 }],
      },
    }),
    comesTo: 'heads P 2/2 F 2 A 0 B 0 | m2 P 200/200 F 200 A 0 B 0 | PASSED | H:1:NOT_REPRESENTATIVE',
    twin: poll(couple, [yes('A'), cast('1', 'W', 'FOR'), cast('2', 'L', 'FOR')], {
      register: {
        proxies: [],
        representatives: new Map([['H', 'L']]),
        transfers: [{ unit: 'H', from: 'L', to: 'BUYER', atMicros: 40 }],
      },
    }),
    twinComesTo:
      'heads P 1/2 F 1 A 0 B 0 | m2 P 100/200 F 100 A 0 B 0 | NO_QUORUM | H:1:NOT_REPRESENTATIVE | H:2:NOT_ENTITLED',
  },
  ...[couple, [unit('A'), unit('H', { owners: ['L', 'W'] })]].map(
    (units, i): Worked => ({
      rule: `R10, R5 a representative who buys the other share decides as before, in order ${i} of the owners`,
      poll: poll(units, [yes('A'), cast('1', 'L', 'FOR')], { register: representativeBuys(60) }),
      comesTo: 'heads P 2/2 F 2 A 0 B 0 | m2 P 200/200 F 200 A 0 B 0 | PASSED',
      twin: poll(units, [yes('A'), cast('1', 'W', 'FOR')], { register: representativeBuys(60) }),
      twinComesTo:
        'heads P 1/2 F 1 A 0 B 0 | m2 P 100/200 F 100 A 0 B 0 | NO_QUORUM | H:1:NOT_REPRESENTATIVE',
    }),
  ),
  ...[couple, [unit('A'), unit('H', { owners: ['L', 'W'] })]].map(
    (units, i): Worked => ({
      rule: `R5 who bought the other share sells both, in order ${i} of the owners: one share has spoken, the other may`,
      poll: poll(units, [yes('A'), cast('1', 'W', 'FOR'), cast('2', 'BUYER', 'AGAINST', { atMicros: 59 })], {
        register: { ...agentOf(), transfers: [...bought(55), ...bothSold(58)] },
      }),
      comesTo:
        'heads P 1/2 F 1 A 0 B 0 | m2 P 100/200 F 100 A 0 B 0 | NO_QUORUM | H:1:CO_OWNER_CONFLICT | H:2:CO_OWNER_CONFLICT',
      twin: poll(units, [yes('A'), cast('2', 'BUYER', 'FOR', { atMicros: 59 })], {
        register: { ...agentOf(), transfers: [...bought(55), ...bothSold(58)] },
      }),
      twinComesTo: 'heads P 2/2 F 2 A 0 B 0 | m2 P 200/200 F 200 A 0 B 0 | PASSED',
    }),
  ),
  {
    rule: 'R11 blank abstains and overvote is void, by default; the other way round where the rules say so',
    poll: poll(couple, [ballot('bA', 'A', 'P-A', 'BLANK'), cast('o', 'W', 'OVERVOTE')]),
    comesTo: 'heads P 1/2 F 0 A 0 B 1 | m2 P 100/200 F 0 A 0 B 100 | NO_QUORUM | H:o:INVALID_MARK',
    twin: poll(couple, [ballot('bA', 'A', 'P-A', 'BLANK'), cast('o', 'W', 'OVERVOTE')], {
      policy: { blankPolicy: 'invalid', overvotePolicy: 'abstain' },
    }),
    twinComesTo: 'heads P 1/2 F 0 A 0 B 1 | m2 P 100/200 F 0 A 0 B 100 | NO_QUORUM | A:bA:INVALID_MARK',
  },
  {
    rule: 'R12 an abstention takes part and does not approve: 1 of 2 is not more than half',
    poll: poll(three, [yes('A'), ballot('bB', 'B', 'P-B', 'ABSTAIN')]),
    comesTo: 'heads P 2/3 F 1 A 0 B 1 | m2 P 200/300 F 100 A 0 B 100 | NOT_PASSED',
    twin: poll(three, [yes('A'), yes('B')]),
    twinComesTo: 'heads P 2/3 F 2 A 0 B 0 | m2 P 200/300 F 200 A 0 B 0 | PASSED',
  },
  {
    rule: 'R13 a head whose units disagree abstains as a head, while areas follow the units',
    poll: poll(
      [unit('A'), unit('M', { owners: ['MA'] }), unit('N', { owners: ['MA'] })],
      [yes('A'), ballot('m', 'M', 'MA', 'FOR'), ballot('n', 'N', 'MA', 'AGAINST')],
    ),
    comesTo: 'heads P 2/2 F 1 A 0 B 1 | m2 P 300/300 F 200 A 100 B 0 | NOT_PASSED',
    twin: poll(
      [unit('A'), unit('M', { owners: ['MA'] }), unit('N', { owners: ['MA'] })],
      [yes('A'), ballot('m', 'M', 'MA', 'FOR')],
    ),
    twinComesTo: 'heads P 2/2 F 2 A 0 B 0 | m2 P 200/300 F 200 A 0 B 0 | PASSED',
  },
  {
    rule: 'R14 exactly two thirds take part: 3 x 200 = 2 x 300; one fewer do not',
    poll: poll(many(300), firstYes(200)),
    comesTo: 'heads P 200/300 F 200 A 0 B 0 | m2 P 20000/30000 F 20000 A 0 B 0 | PASSED',
    twin: poll(many(300), firstYes(199)),
    twinComesTo: 'heads P 199/300 F 199 A 0 B 0 | m2 P 19900/30000 F 19900 A 0 B 0 | NO_QUORUM',
  },
  {
    rule: 'R15 ordinary: exactly half by area and by heads is not more than half; half and 0.01 m2 by area is not by heads',
    poll: poll([unit('A'), unit('B')], [yes('A'), no('B')]),
    comesTo: 'heads P 2/2 F 1 A 1 B 0 | m2 P 200/200 F 100 A 100 B 0 | NOT_PASSED',
    twin: poll([unit('A', { area: 10_001n }), unit('B')], [yes('A'), no('B')]),
    twinComesTo: 'heads P 2/2 F 1 A 1 B 0 | m2 P 200/200 F 100 A 100 B 0 | NOT_PASSED',
  },
  {
    rule: 'R16 special: exactly three quarters pass; 0.01 m2 less does not',
    poll: poll(many(4), [...firstYes(3), no('U003')], { matter: { clause: 8, scope: null } }),
    comesTo: 'heads P 4/4 F 3 A 1 B 0 | m2 P 400/400 F 300 A 100 B 0 | PASSED',
    twin: poll([...many(3), unit('U003', { area: 10_001n })], [...firstYes(3), no('U003')], {
      matter: { clause: 8, scope: null },
    }),
    twinComesTo: 'heads P 4/4 F 3 A 1 B 0 | m2 P 400/400 F 300 A 100 B 0 | NOT_PASSED',
  },
  {
    rule: 'R17 nobody takes part, or there is nobody: nothing is decided, under either class',
    poll: poll(three, [], { matter: { clause: 8, scope: null } }),
    comesTo: 'heads P 0/3 F 0 A 0 B 0 | m2 P 0/300 F 0 A 0 B 0 | NO_QUORUM',
    twin: poll(three, [yes('A')], { matter: { clause: 8, scope: { buildings: ['9'], entrances: [] } } }),
    twinComesTo: 'heads P 0/0 F 0 A 0 B 0 | m2 P 0/0 F 0 A 0 B 0 | NO_QUORUM | A:bA:OUT_OF_SCOPE',
  },
  {
    rule: 'R20 a unit counts once however often it is named or a ballot is replayed',
    poll: poll(three, [ballot('b', ['A', 'A'], 'P-A', 'FOR'), yes('B'), yes('B')]),
    comesTo: 'heads P 2/3 F 2 A 0 B 0 | m2 P 200/300 F 200 A 0 B 0 | PASSED | B:bB:SUPERSEDED',
    twin: poll(three, [ballot('b', ['A', 'C'], 'P-A', 'FOR'), yes('B')]),
    twinComesTo: 'heads P 2/3 F 2 A 0 B 0 | m2 P 200/300 F 200 A 0 B 0 | PASSED | C:b:NOT_ENTITLED',
  },
]

describe('worked by hand', () => {
  it.each(WORKED.map(row => [row.rule, row] as const))('%s', (_rule, row) => {
    expect(briefly(tally(row.poll))).toBe(row.comesTo)
    expect(briefly(tally(row.twin))).toBe(row.twinComesTo)
  })
})

describe('R18 the silence clause', () => {
  const units = [...many(6), unit('X', { owners: ['P-U000'] })]
  const ballots = [yes('U000'), yes('U001'), no('U002')]
  const followed = (changes: { delivered?: ReadonlySet<string> }) =>
    tally(poll(units, ballots, { ...changes, policy: { silentPolicy: 'follow_majority' } }))

  it('is absent unless the policy has it', () => {
    expect(tally(poll(units, ballots)).clause).toBeUndefined()
  })

  it('adds the delivered and silent to the majority, and leaves the strict result alone', () => {
    // Heads: 2 for, 1 against of 6. Delivered and silent: U003, U004 (two heads) and X, whose owner has spoken with U000.
    const result = followed({ delivered: new Set(['U000', 'U003', 'U004', 'X']) })
    expect(briefly(result)).toBe('heads P 3/6 F 2 A 1 B 0 | m2 P 300/700 F 200 A 100 B 0 | NO_QUORUM')
    expect(result.clause).toMatchObject({
      majority: 'FOR',
      silentArea: 30_000n,
      silentHeads: 2n,
      participating: { area: 60_000n, heads: 5n },
      inFavour: { area: 50_000n, heads: 4n },
      against: { area: 10_000n, heads: 1n },
      outcome: 'PASSED',
    })
  })

  it('counts nobody without a proof of delivery', () => {
    expect(followed({}).clause).toMatchObject({ majority: 'FOR', silentHeads: 0n, outcome: 'NO_QUORUM' })
  })

  it('has no majority where area and heads point to different options, and then nobody joins', () => {
    const big = [unit('A', { area: 50_000n }), unit('B'), unit('C'), unit('D')]
    const result = tally(
      poll(big, [yes('A'), no('B'), no('C')], {
        policy: { silentPolicy: 'follow_majority' },
        delivered: new Set(['D']),
      }),
    )
    expect(result.clause).toMatchObject({
      majority: null,
      silentArea: 10_000n,
      silentHeads: 1n,
      participating: { area: 70_000n, heads: 3n },
    })
  })
})
