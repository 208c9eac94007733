/** Comments and findings: what they are about, whose turn it is, and what a leaf says of them. */
import { describe, expect, it } from 'vitest'
import { civilDate, parseCanonical } from '#kernel'
import type { Actor, Role } from '#people'
import {
  actingRole,
  entryLeaf,
  entryState,
  hiddenIn,
  parseSubject,
  type ReplyKind,
  repliesOpenTo,
  replyDueOn,
  replyLeaf,
} from '../../app/oversight/entry.ts'

const actorAs = (...roles: Role[]): Actor => ({
  userId: 'u',
  displayName: 'U',
  sessionId: 's',
  roles: roles.map(role => ({ communityId: 7, role })),
})

describe('what an entry is about', () => {
  it.each([
    ['', 'community', ''],
    [' 2026-06 ', 'period', '2026-06'],
    ['２０２６－０６', 'period', '2026-06'],
    ['2026-0042', 'voucher', '2026-0042'],
  ])('%j', (text, kind, subject) => {
    expect(parseSubject(text)).toEqual({ kind, subject })
  })

  it.each(['2026-13', '2026-42', '2026-00042', 'x', '2026-0000'])('%j is nothing', text => {
    expect(parseSubject(text)).toBeNull()
  })
})

describe('whose turn it is', () => {
  const STATES: readonly [readonly ReplyKind[], string][] = [
    [[], 'open'],
    [['answer'], 'answered'],
    [['answer', 'insist'], 'open'],
    [['answer', 'insist', 'answer'], 'answered'],
    [['answer', 'settle'], 'settled'],
  ]
  it.each(STATES)('after %j it is %s', (replies, state) => {
    expect(entryState(replies)).toBe(state)
  })

  it('is the office that answers, then the side that wrote it', () => {
    const open = (role: Role, kind: 'comment' | 'finding', state: 'open' | 'answered' | 'settled') =>
      repliesOpenTo(actorAs(role), 7, { kind, state }).join(' ')
    expect(open('manager', 'comment', 'open')).toBe('answer')
    expect(open('manager', 'comment', 'answered')).toBe('answer')
    expect(open('manager', 'comment', 'settled')).toBe('')
    expect(open('overseer', 'comment', 'open')).toBe('')
    expect(open('overseer', 'comment', 'answered')).toBe('settle insist')
    expect(open('overseer', 'finding', 'answered')).toBe('')
    expect(open('auditor', 'finding', 'answered')).toBe('settle insist')
    expect(open('auditor', 'comment', 'answered')).toBe('')
    expect(open('owner', 'comment', 'answered')).toBe('')
    expect(repliesOpenTo(actorAs('manager'), 8, { kind: 'comment', state: 'open' })).toEqual([])
    expect(repliesOpenTo(null, 7, { kind: 'comment', state: 'open' })).toEqual([])
  })

  it('is taken in the office that the act belongs to', () => {
    expect(actingRole(actorAs('owner', 'manager'), 7, 'oversight:answer')).toBe('manager')
    expect(actingRole(actorAs('owner', 'manager'), 7, 'oversight:comment')).toBeNull()
    expect(actingRole(actorAs('overseer'), 8, 'oversight:comment')).toBeNull()
  })

  it('runs out fifteen days after a finding', () => {
    expect(replyDueOn(civilDate('2026-02-20'))).toBe('2026-03-07')
  })
})

describe('a leaf', () => {
  const salt = new Uint8Array(32).fill(7)
  const hidden = { author: 'user-1', words: '请说明三月电梯维保费' }
  const madeAt = new Date('2026-06-01T01:02:03Z')
  const entry = {
    entryId: 'e',
    kind: 'finding' as const,
    about: { kind: 'voucher' as const, subject: '2026-0042' },
    role: 'auditor',
    replyDueOn: '2026-06-16',
    madeAt,
    ...hiddenIn(salt, hidden),
  }

  it('holds no word and no author, and is canonical', () => {
    const leaves = [
      entryLeaf('log', entry),
      replyLeaf('log', {
        replyId: 'r',
        entryId: 'e',
        kind: 'answer',
        role: 'manager',
        madeAt,
        ...hiddenIn(salt, hidden),
      }),
    ]
    for (const leaf of leaves) {
      const text = new TextDecoder().decode(leaf)
      expect(text).not.toContain('user-1')
      expect(text).not.toMatch(/\p{Script=Han}/u)
      expect(parseCanonical(leaf).ok).toBe(true)
    }
    expect(new TextDecoder().decode(leaves[0])).toContain('"at":"2026-06-01T09:02:03+08:00"')
  })

  it('is another leaf for another word, author or salt', () => {
    const other = (change: Partial<typeof hidden>, by = salt) => hiddenIn(by, { ...hidden, ...change })
    expect(other({ words: 'x' }).words).not.toBe(entry.words)
    expect(other({ author: 'x' }).by).not.toBe(entry.by)
    expect(other({}, new Uint8Array(32)).words).not.toBe(entry.words)
    expect(other({})).toEqual({ by: entry.by, words: entry.words })
  })
})
