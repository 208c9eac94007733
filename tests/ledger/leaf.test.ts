/** The exact bytes of every leaf of the ledger. They are public for ever: golden, and without a person in them. */
import { describe, expect, it } from 'vitest'
import { canonicalText, fen, parseCanonical, period, saltedDigest, sha256Hex, utf8 } from '#kernel'
import {
  bankImportLeaf,
  bankLineExplainedLeaf,
  periodClosedLeaf,
  redactedCopyLeaf,
  voucherLeaf,
} from '../../app/ledger/leaf.ts'
import type { Payee } from '../../app/ledger/voucher.ts'
import { contentOf } from './books.ts'

const LOG = 'portal.example/c/demo'
const AT = new Date('2025-02-01T02:03:04Z')
const SALT = new Uint8Array(32).fill(7)
const text = (leaf: Uint8Array) => new TextDecoder().decode(leaf)
const by = saltedDigest(SALT, 'by/prepare', 'user-1')

const leaves = {
  voucher: voucherLeaf(
    LOG,
    { fiscalYear: 2025, number: 7 },
    period('2025-01'),
    contentOf({
      documents: ['ab'.repeat(32)],
      bankLines: ['a-bank-line'],
      replaces: { fiscalYear: 2025, number: 3 },
    }),
    [{ step: 'prepare', at: AT, role: 'bookkeeper', byDigest: by }],
    AT,
  ),
  imported: bankImportLeaf(LOG, {
    importId: 'import-1',
    bankAccount: '100201',
    fileSha256: 'cd'.repeat(32),
    layout: 'icbc',
    mappingChange: null,
    rows: 3,
    postedNew: 2,
    sumInFen: 100n,
    sumOutFen: 30n,
    firstOn: '2025-01-01',
    lastOn: null,
    outcome: 'hold',
    confirmation: { reason: '银行更正' },
    at: AT,
  }),
  explained: bankLineExplainedLeaf(LOG, 'line-1', '银行误付，次日退回', AT),
  redacted: redactedCopyLeaf(LOG, 'ab'.repeat(32), 'cd'.repeat(32), AT),
  closed: periodClosedLeaf(LOG, period('2025-01'), 'ef'.repeat(32), 12, AT),
}

describe('bytes', () => {
  it('of a voucher', () => {
    expect(text(leaves.voucher)).toBe(
      `{"documents":["${'ab'.repeat(32)}"],"kind":"receipt","log":"portal.example/c/demo","narration":"收物业服务费","occurred_on":"2025-01-10",` +
        '"period":"2025-01","posted_at":"2025-02-01T10:03:04+08:00","postings":[{"account":"100201","fen":"150000","fund":"trust","side":"debit"},' +
        '{"account":"410101","fen":"150000","fund":"trust","side":"credit"}],"replaces":"2025-0003",' +
        `"steps":[{"at":"2025-02-01T10:03:04+08:00","by":"${by}","role":"bookkeeper","step":"prepare"}],"t":"ledger.voucher","v":1,"voucher":"2025-0007"}`,
    )
  })

  it('of an import', () => {
    expect(text(leaves.imported)).toBe(
      `{"at":"2025-02-01T10:03:04+08:00","bank_account":"100201","confirmation":{"reason":"银行更正"},"file_sha256":"${'cd'.repeat(32)}",` +
        '"first_on":"2025-01-01","import":"import-1","last_on":null,"layout":"icbc","log":"portal.example/c/demo","new_rows":2,"outcome":"hold","rows":3,' +
        '"sum_in_fen":"100","sum_out_fen":"30","t":"ledger.bank-import","v":1}',
    )
  })

  it('of an explanation, a redacted copy and a closed month', () => {
    expect(text(leaves.explained)).toBe(
      '{"at":"2025-02-01T10:03:04+08:00","bank_line":"line-1","explanation":"银行误付，次日退回","log":"portal.example/c/demo","t":"ledger.bank-line-explained","v":1}',
    )
    expect(text(leaves.redacted)).toBe(
      `{"at":"2025-02-01T10:03:04+08:00","log":"portal.example/c/demo","original_sha256":"${'ab'.repeat(32)}","public_sha256":"${'cd'.repeat(32)}","t":"ledger.redacted-copy","v":1}`,
    )
    expect(text(leaves.closed)).toBe(
      `{"closed_at":"2025-02-01T10:03:04+08:00","log":"portal.example/c/demo","period":"2025-01","t":"ledger.period-closed","trial_balance_sha256":"${'ef'.repeat(32)}","v":1,"vouchers":12}`,
    )
  })

  it('are canonical, and no two kinds are taken for each other', () => {
    for (const leaf of Object.values(leaves)) expect(parseCanonical(leaf).ok).toBe(true)
    const kinds = Object.values(leaves).map(leaf => (JSON.parse(text(leaf)) as { t: string }).t)
    expect(new Set(kinds).size).toBe(kinds.length)
  })

  it('name no bank line and nobody who acted', () => {
    for (const leaf of Object.values(leaves)) {
      expect(text(leaf)).not.toContain('user-1')
      expect(text(leaf)).not.toContain('a-bank-line')
    }
  })
})

describe('who acted stands as a salted digest', () => {
  it('by the stated formula', () => {
    const zero = '\u0000'
    const head = utf8(`sd/v1${zero}`)
    const tail = utf8(`${zero}by/prepare${zero}${canonicalText('user-1')}`)
    expect(by).toBe(sha256Hex(Uint8Array.from([...head, ...SALT, ...tail])))
  })

  it('that changes with salt, name and value, and takes no short salt', () => {
    const others = [
      saltedDigest(new Uint8Array(32).fill(8), 'by/prepare', 'user-1'),
      saltedDigest(SALT, 'by/review', 'user-1'),
      saltedDigest(SALT, 'by/prepare', 'user-2'),
    ]
    expect(new Set([by, ...others]).size).toBe(4)
    expect(() => saltedDigest(new Uint8Array(31), 'by/prepare', 'user-1')).toThrow('32 bytes')
  })
})

describe('the payee of a payment', () => {
  const leafOf = (payee: Payee) =>
    text(voucherLeaf(LOG, { fiscalYear: 2025, number: 7 }, period('2025-01'), contentOf({ payee }), [], AT))

  it('is named when it is an organisation, and a digest when it is a person', () => {
    expect(leafOf({ kind: 'organisation', name: '净邻保洁服务有限公司' })).toContain(
      '"occurred_on":"2025-01-10","payee":"净邻保洁服务有限公司","period"',
    )
    const digest = saltedDigest(SALT, 'payee', '王小明')
    expect(leafOf({ kind: 'person', digest })).toContain(
      `"occurred_on":"2025-01-10","payee_digest":"${digest}","period"`,
    )
  })

  it('is not in the leaf of what pays nobody: those leaves are what they always were', () => {
    expect(text(leaves.voucher)).not.toContain('payee')
  })
})

it('an amount changed by one fen is another leaf', () => {
  const [first, second] = contentOf().postings
  const changed = contentOf({ postings: [{ ...first!, amountFen: fen(150_001n) }, second!] })
  const leaf = (content: ReturnType<typeof contentOf>) =>
    sha256Hex(voucherLeaf(LOG, { fiscalYear: 2025, number: 7 }, period('2025-01'), content, [], AT))
  expect(leaf(changed)).not.toBe(leaf(contentOf()))
})
