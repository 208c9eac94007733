/** By which permission a form acts: every office's act of the table can be named, and nothing else is. */
import { describe, expect, it } from 'vitest'
import { actionPressed } from '../../app/routes/office/act-name.ts'

describe('the permission of a button', () => {
  it.each([
    ['community:read-full', { intent: 'approve', step: 'release_committee' }, 'payment:release-committee'],
    ['community:read-full', { intent: 'refuse', step: 'review' }, 'voucher:review'],
    ['community:read-full', { intent: 'declare' }, 'relation:declare'],
    ['community:read-full', { intent: 'toString' }, 'community:read-full'],
    ['community:read-full', { step: 'constructor' }, 'community:read-full'],
    ['community:read-full', {}, 'community:read-full'],
    ['voice:read', { act: 'hide' }, 'voice:hide'],
    ['voice:read', { act: 'answer', intent: 'answer' }, 'challenge:answer'],
    ['voice:read', { act: '__proto__' }, 'voice:read'],
    ['period:close', { intent: 'review', step: 'review', act: 'hide' }, 'period:close'],
  ] as const)('of a page open by %s, pressed %j, is %s', (entered, pressed, action) => {
    expect(actionPressed(entered, pressed)).toBe(action)
  })
})
