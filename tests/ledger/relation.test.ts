import { expect, it } from 'vitest'
import { MARK_KINDS } from '#ledger'
import { plainMark, relatedOfficers } from '../../app/ledger/relation.ts'

it('an officer is related when kind and digest are the payee’s, each kind once', () => {
  for (const mine of MARK_KINDS)
    for (const theirs of MARK_KINDS)
      for (const digest of ['x', 'y']) {
        const found = relatedOfficers(
          [{ kind: theirs, digest: 'x' }],
          [
            { userId: 'ann', kind: mine, digest },
            { userId: 'bo', kind: mine, digest: 'z' },
            { userId: 'ann', kind: mine, digest },
          ],
        )
        expect(found).toEqual(mine === theirs && digest === 'x' ? [{ userId: 'ann', kind: mine }] : [])
      }
  expect(relatedOfficers([], [{ userId: 'ann', kind: 'phone', digest: 'x' }])).toEqual([])
})

it.each([
  ['phone', '+86 138-1234-5678', '13812345678'],
  ['phone', '１３８１２３４５６７８', '13812345678'],
  ['phone', '028 8512 3456', '02885123456'],
  ['bank-account', '6222 0212 3456 7890', '6222021234567890'],
  ['invoice', 'No. 0042-A', 'no0042a'],
  ['legal-person', ' 王 芳 ', '王芳'],
] as const)('%s %s is compared as %s', (kind, text, plain) => {
  expect(plainMark(kind, text)).toBe(plain)
})
