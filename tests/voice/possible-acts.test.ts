import { describe, expect, it } from 'vitest'
import { civilDate } from '#kernel'
import type { Role } from '#people'
import { type CaseState, possibleActs } from '#voice'

const TODAY = civilDate('2026-07-09')
const view = (kind: 'challenge' | 'request', state: CaseState, changes: object = {}) => ({
  kind,
  state,
  seat: 'company' as const,
  dueOn: civilDate('2026-07-08'),
  isOnBehalf: false,
  isPrivate: false,
  ...changes,
})
const reader = (isOwn: boolean, ...held: readonly Role[]) => ({
  actor: {
    userId: 'u',
    displayName: 'U',
    sessionId: 's',
    roles: held.map(role => ({ communityId: 7, role })),
  },
  communityId: 7,
  isOwn,
})

describe('the acts that a page offers', () => {
  it.each([
    ['challenge', 'asked', false, 'manager', 'answer'],
    ['challenge', 'asked', false, 'committee_chair', ''],
    ['challenge', 'asked', false, 'overseer', 'order hide show'],
    ['challenge', 'asked', true, 'owner', 'withdraw'],
    ['challenge', 'asked', false, 'owner', ''],
    ['challenge', 'answered', true, 'owner', 'prove doubt withdraw'],
    ['challenge', 'answered', false, 'owner', ''],
    ['challenge', 'not-proved', false, 'residents_committee', 'order refer hide show'],
    ['challenge', 'ordered', false, 'bookkeeper', 'report'],
    ['challenge', 'reported', false, 'overseer', 'order refer settle hide show'],
    ['challenge', 'proved', true, 'owner', ''],
    ['request', 'listed', false, 'owner', 'support'],
    ['request', 'listed', false, 'manager', 'take merge'],
    ['request', 'taken', false, 'residents_committee', 'reply merge hide show'],
    ['request', 'replied', true, 'owner', 'rate reopen'],
    ['request', 'replied', false, 'owner', ''],
  ] as const)('on a %s that is %s, own: %s, to %s: %s', (kind, state, isOwn, role, acts) => {
    expect(possibleActs(view(kind, state), reader(isOwn, role), TODAY).join(' ')).toBe(acts)
  })

  it('hold no order before the answer is overdue, and no end while the asker has time', () => {
    const overseer = reader(false, 'overseer')
    const due = civilDate('2026-07-08')
    expect(possibleActs(view('challenge', 'asked'), overseer, due)).not.toContain('order')
    expect(possibleActs(view('challenge', 'answered'), overseer, due)).not.toContain('lapse')
    expect(possibleActs(view('challenge', 'answered'), overseer, TODAY)).toContain('lapse')
  })

  it('hold nothing of an office for whoever asked, and the rating for whoever wrote it down', () => {
    const asked = view('challenge', 'asked')
    expect(possibleActs(asked, reader(true, 'manager', 'owner'), TODAY)).toEqual(['withdraw'])
    const written = view('request', 'replied', { isOnBehalf: true })
    expect(possibleActs(written, reader(true, 'residents_committee'), TODAY)).toContain('rate')
    expect(possibleActs(written, reader(true, 'owner'), TODAY)).toEqual([])
    expect(possibleActs(asked, { ...reader(true, 'owner'), communityId: 8 }, TODAY)).toEqual([])
  })
})
