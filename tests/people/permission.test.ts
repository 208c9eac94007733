import { describe, expect, it } from 'vitest'
import { civilDate } from '#kernel'
import {
  ACTIONS,
  type Action,
  type Actor,
  can,
  isInOffice,
  isRole,
  mayDecideChange,
  mayInvite,
  officesFor,
  ROLES,
  type Role,
} from '#people'

/** The whole table as people read it; `+` may. */
const TABLE = `
                           owner tenant member treasurer chair teller bookkeeper manager overseer residents district auditor operator
community:read-full        .     .      +      +         +     .      +          +       +        +         +        +       .
bank-statement:import      .     .      .      .         .     .      +          .       .        .         .        .       .
bank-line:explain          .     .      .      .         .     .      +          .       .        .         .        .       .
matching-rule:teach        .     .      .      .         .     .      +          .       .        .         .        .       .
voucher:draft              .     .      .      .         .     .      +          .       .        .         .        .       .
voucher:review             .     .      .      .         .     .      +          +       .        .         .        .       .
payment:release-company    .     .      .      .         .     .      .          +       .        .         .        .       .
payment:release-committee  .     .      .      +         +     .      .          .       .        .         .        .       .
payment:release-chair      .     .      .      .         +     .      .          .       .        .         .        .       .
voucher:post               .     .      .      .         .     .      +          +       .        .         .        .       .
voucher:reverse            .     .      .      .         .     .      +          .       .        .         .        .       .
period:close               .     .      .      .         .     .      +          +       .        .         .        .       .
statement:issue            .     .      .      .         .     .      +          +       .        .         .        .       .
chart:extend               .     .      .      .         .     .      +          .       .        .         .        .       .
bookkeeping-change:confirm .     .      .      +         +     .      +          +       .        .         .        .       .
controls:propose           .     .      .      +         +     .      .          +       .        .         .        .       .
controls:confirm           .     .      .      +         +     .      .          +       +        .         .        .       .
fee-standard:propose       .     .      .      +         +     .      .          +       .        .         .        .       .
fee-standard:confirm       .     .      .      +         +     .      .          +       +        .         .        .       .
emergency:witness          .     .      .      .         .     .      .          .       +        .         .        .       .
emergency:review           .     .      +      +         +     .      .          .       .        .         .        .       .
signal:answer              .     .      .      .         .     .      +          +       .        .         .        .       .
relation:declare           .     .      +      +         +     .      +          +       .        .         .        .       .
roll:import                .     .      +      .         +     .      .          +       .        +         .        .       .
roll:read                  .     .      +      .         +     +      .          +       +        +         .        .       .
poll:read                  .     .      +      +         +     +      .          +       +        +         +        +       .
poll:draft                 .     .      +      +         +     .      .          .       .        +         .        .       .
poll:announce              .     .      .      .         +     .      .          .       .        +         .        .       .
poll:close                 .     .      .      .         +     .      .          .       .        +         .        .       .
resident:read              +     +      .      .         .     .      .          .       .        .         .        .       .
ballot:cast                +     .      .      .         .     .      .          .       .        .         .        .       .
ballot:deliver             .     .      +      +         +     +      .          .       .        +         .        .       .
ballot:enter               .     .      +      +         +     +      .          .       .        +         .        .       .
proxy:register             .     .      +      +         +     +      .          .       .        +         .        .       .
tally:sign-off             .     .      +      +         +     +      .          .       .        +         .        .       .
tally:witness              .     .      .      .         .     .      .          .       +        .         .        .       .
objection:answer           .     .      .      .         +     .      .          .       .        +         .        .       .
certificate:issue          .     .      .      .         +     .      .          .       .        +         .        .       .
council:read               .     .      +      +         +     .      .          +       +        +         .        +       .
council:keep               .     .      .      .         +     .      .          .       +        +         .        .       .
council:sit                .     .      +      +         +     .      .          +       +        +         .        .       .
user:invite                .     .      .      .         +     .      .          +       +        +         .        .       +
audit:read                 .     .      .      .         +     .      .          .       +        +         +        +       .
person:erase               .     .      .      .         +     .      .          .       .        +         .        .       .
retention:set              .     .      .      .         +     .      .          .       .        .         .        .       .
letter:print               .     .      .      .         +     .      .          .       .        +         .        .       .
letter:hand-over           .     .      +      +         +     +      .          .       .        +         .        .       .
owner-code:request         .     .      +      .         +     .      .          .       .        +         .        .       .
owner-code:confirm         .     .      +      +         +     .      .          .       .        +         .        .       .
claim-proof:choose         .     .      .      .         +     .      .          .       .        .         .        .       .
voice:ask                  +     .      .      .         .     .      .          .       .        .         .        .       .
request:list               +     +      .      .         .     .      .          .       .        .         .        .       .
survey:answer              +     +      .      .         .     .      .          .       .        .         .        .       .
voice:read                 .     .      +      +         +     .      +          +       +        +         +        +       .
voice:hide                 .     .      .      .         .     .      .          .       +        +         .        .       .
challenge:answer           .     .      +      +         +     .      +          +       .        +         .        .       .
supervision:order          .     .      .      .         .     .      .          .       +        +         .        .       .
request:handle             .     .      +      +         +     .      .          +       .        +         .        .       .
voice:arrange              .     .      .      .         +     .      .          .       .        +         .        .       .
project:propose            +     +      .      .         .     .      .          .       .        .         .        .       .
project:arrange            .     .      +      +         +     .      .          .       +        +         .        .       .
points:use                 +     .      .      .         .     .      .          .       .        .         .        .       .
points:keep                .     .      +      +         +     .      .          .       +        +         .        .       .
role-change:decide         .     .      +      +         +     .      +          +       +        +         .        .       .
oversight:comment          .     .      .      .         .     .      .          .       +        +         +        .       .
oversight:answer           .     .      +      +         +     .      +          +       .        .         .        .       .
finding:make               .     .      .      .         .     .      .          .       .        .         .        +       .
oversight:pack             .     .      .      .         .     .      .          .       +        +         +        +       .
`

function actorWith(...roles: Actor['roles']): Actor {
  return { userId: 'u', displayName: 'U', roles, sessionId: 's' }
}

describe('permissions', () => {
  const rows = TABLE.trim()
    .split('\n')
    .slice(1)
    .map(line => line.trim().split(/\s+/))

  it('are tested for every act', () => {
    expect(rows.map(row => row[0])).toEqual(ACTIONS)
    expect(rows.every(row => row.length === ROLES.length + 1)).toBe(true)
  })

  it.each(rows)('%s', (action, ...cells) => {
    const allowed = ROLES.filter((_, column) => cells[column] === '+')
    for (const role of ROLES) {
      const actor = actorWith({ communityId: 7, role })
      expect([role, can(actor, action as Action, 7)]).toEqual([role, allowed.includes(role)])
      expect(can(actor, action as Action, 8)).toBe(false)
    }
    expect([...officesFor(action as Action)].sort()).toEqual([...allowed].sort())
  })

  it('are none without an office and none without a sign-in', () => {
    for (const action of ACTIONS) {
      expect(can(null, action, 1)).toBe(false)
      expect(can(actorWith(), action, 1)).toBe(false)
    }
  })

  it('never let one office take both releases, nor prepare and release', () => {
    const both = (a: Action, b: Action): readonly Role[] =>
      officesFor(a).filter(role => officesFor(b).includes(role))
    expect(both('payment:release-company', 'payment:release-committee')).toEqual([])
    expect(both('voucher:draft', 'payment:release-company')).toEqual([])
    expect(both('voucher:draft', 'payment:release-committee')).toEqual([])
    expect(both('payment:release-company', 'payment:release-chair')).toEqual([])
    expect(both('emergency:witness', 'payment:release-committee')).toEqual([])
  })
})

describe('an invitation', () => {
  it('lets each side bring in its own people, and nobody the other half of a release', () => {
    const invitable = (role: Role) =>
      ROLES.filter(other => mayInvite(actorWith({ communityId: 7, role }), other, 7)).join(' ')
    expect(
      Object.fromEntries(ROLES.map(role => [role, invitable(role)]).filter(([, roles]) => roles)),
    ).toEqual({
      committee_chair: 'owner committee_member committee_treasurer committee_chair teller auditor',
      manager: 'bookkeeper manager',
      overseer: 'overseer residents_committee',
      residents_committee: 'owner teller',
      operator: ROLES.filter(role => role !== 'district_overseer').join(' '),
    })
    expect(mayInvite(actorWith({ communityId: 7, role: 'operator' }), 'owner', 8)).toBe(false)
  })

  it('is only for those who may invite at all', () => {
    for (const role of ROLES) {
      const actor = actorWith({ communityId: 7, role })
      expect(ROLES.some(other => mayInvite(actor, other, 7))).toBe(can(actor, 'user:invite', 7))
    }
  })
})

describe('a change of office', () => {
  it('is confirmed by an officer of the same side, and by nobody else', () => {
    const deciders = (role: Role) =>
      ROLES.filter(other => mayDecideChange(actorWith({ communityId: 7, role: other }), role, 7)).join(' ')
    const committee = 'committee_member committee_treasurer committee_chair'
    const company = 'bookkeeper manager'
    const watching = 'overseer residents_committee'
    expect(Object.fromEntries(ROLES.map(role => [role, deciders(role)]))).toEqual({
      owner: committee,
      tenant: '',
      committee_member: committee,
      committee_treasurer: committee,
      committee_chair: committee,
      bookkeeper: company,
      manager: company,
      overseer: watching,
      residents_committee: watching,
      teller: committee,
      auditor: committee,
      district_overseer: '',
      operator: '',
    })
    expect(mayDecideChange(actorWith({ communityId: 8, role: 'manager' }), 'bookkeeper', 7)).toBe(false)
  })

  it('is only for those who may decide at all', () => {
    for (const role of ROLES) {
      const actor = actorWith({ communityId: 7, role })
      expect(ROLES.some(other => mayDecideChange(actor, other, 7))).toBe(can(actor, 'role-change:decide', 7))
    }
  })
})

describe('a term of office', () => {
  const term = { from: civilDate('2026-03-01'), until: civilDate('2026-03-31') }

  it.each([
    ['2026-02-28', false],
    ['2026-03-01', true],
    ['2026-03-31', true],
    ['2026-04-01', false],
  ])('on %s: %s', (day, inOffice) => {
    expect(isInOffice(term, civilDate(day))).toBe(inOffice)
  })

  it('without an end goes on', () => {
    expect(isInOffice({ from: term.from, until: null }, civilDate('2199-12-31'))).toBe(true)
  })

  it('is of a known office', () => {
    expect(ROLES.every(isRole)).toBe(true)
    expect(isRole('root')).toBe(false)
  })
})
