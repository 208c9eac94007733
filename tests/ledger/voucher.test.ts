/** Drafts: what they must say, and the exact bytes that people approve. */
import { describe, expect, it } from 'vitest'
import { civilDate, fen, sha256Hex, utf8 } from '#kernel'
import { formatVoucherKey, parseVoucherKey } from '#ledger'
import {
  checkDraft,
  type DraftContent,
  decodeDraft,
  draftDigest,
  encodeDraft,
  kindOf,
  NARRATION_LIMIT,
  PAYEE_LIMIT,
  type Payee,
  reversalOf,
} from '../../app/ledger/voucher.ts'
import { fc } from '../support/properties.ts'
import { ACCOUNTS, anyDay, anyPostings, CHART, contentOf, credit, debit } from './books.ts'

const anyKey = fc
  .tuple(fc.integer({ min: 1990, max: 2199 }), fc.integer({ min: 1, max: 9_999_999 }))
  .map(([fiscalYear, number]) => ({ fiscalYear, number }))
const anyDigest = fc.uint8Array({ minLength: 8, maxLength: 8 }).map(sha256Hex)

const anyPayee: fc.Arbitrary<Payee | null> = fc.option(
  fc.oneof(
    fc.record({
      kind: fc.constant('organisation' as const),
      name: fc.string({ unit: 'grapheme', maxLength: 20 }),
    }),
    fc.record({ kind: fc.constant('person' as const), digest: anyDigest }),
  ),
)

const anyContent: fc.Arbitrary<DraftContent> = fc.record({
  version: fc.constant(2 as const),
  payee: anyPayee,
  kind: fc.constantFrom('opening', 'receipt', 'payment', 'transfer', 'reversal'),
  occurredOn: anyDay,
  narration: fc.string({ unit: 'grapheme', maxLength: 40 }),
  postings: anyPostings,
  documents: fc.array(anyDigest, { maxLength: 3 }),
  bankLines: fc.array(anyDigest, { maxLength: 3 }),
  reverses: fc.option(anyKey),
  replaces: fc.option(anyKey),
})

describe('keys', () => {
  it('read back', () => {
    fc.assert(
      fc.property(anyKey, key => {
        expect(parseVoucherKey(formatVoucherKey(key))).toEqual(key)
      }),
    )
    expect(formatVoucherKey({ fiscalYear: 2026, number: 42 })).toBe('2026-0042')
    expect(formatVoucherKey({ fiscalYear: 2026, number: 12_345 })).toBe('2026-12345')
  })

  it.each([
    '',
    '2026',
    '2026-42',
    '2026-042',
    '2026-0000',
    '2026-00042',
    '2026-012345',
    '26-0042',
    '2026_0042',
    '2026-0042 ',
    '2026-0042\n',
    '2026-00４2',
    '2026--042',
    '2026-12345678',
  ])('%j is none', text => {
    expect(parseVoucherKey(text)).toBeNull()
  })
})

describe('the bytes of a draft', () => {
  it('are golden', () => {
    const content = contentOf({ documents: ['ab'.repeat(32)], replaces: { fiscalYear: 2025, number: 3 } })
    expect(new TextDecoder().decode(encodeDraft(content))).toBe(
      `{"bank_lines":[],"documents":["${'ab'.repeat(32)}"],"kind":"receipt","narration":"收物业服务费","occurred_on":"2025-01-10",` +
        '"postings":[{"account":"100201","fen":"150000","fund":"trust","side":"debit"},{"account":"410101","fen":"150000","fund":"trust","side":"credit"}],"replaces":"2025-0003","v":2}',
    )
  })

  it('name a payee: an organisation in words, a person by digest', () => {
    const text = (payee: Payee) => new TextDecoder().decode(encodeDraft(contentOf({ payee })))
    expect(text({ kind: 'organisation', name: '净邻保洁服务有限公司' })).toContain(
      '"payee":{"organisation":"净邻保洁服务有限公司"},',
    )
    expect(text({ kind: 'person', digest: 'ab'.repeat(32) })).toContain(
      `"payee":{"person_digest":"${'ab'.repeat(32)}"},`,
    )
  })

  it('of the time before payees read back as they were, byte for byte', () => {
    const old = contentOf({ version: 1 })
    const text = new TextDecoder().decode(encodeDraft(old))
    expect(text).toMatch(/^\{"bank_lines":\[\],"documents":\[\],"kind":"receipt",.*"side":"credit"\}\]\}$/)
    expect(decodeDraft(utf8(text))).toEqual(old)
    expect(encodeDraft(decodeDraft(utf8(text)))).toEqual(utf8(text))
  })

  it('of another version, or with a payee of no kind, are not read', () => {
    const text = new TextDecoder().decode(
      encodeDraft(contentOf({ payee: { kind: 'organisation', name: '甲公司' } })),
    )
    expect(() => decodeDraft(utf8(text.replace('"v":2', '"v":3')))).toThrow('of no version')
    expect(() => decodeDraft(utf8(text.replace('{"organisation":"甲公司"}', '{}')))).toThrow('of no kind')
  })

  it('hold everything: decoding gives the content back', () => {
    fc.assert(
      fc.property(anyContent, content => {
        const bytes = encodeDraft(content)
        expect(decodeDraft(bytes)).toEqual(content)
        expect(encodeDraft(decodeDraft(bytes))).toEqual(bytes)
        expect(draftDigest(content)).toBe(sha256Hex(bytes))
      }),
    )
  })

  it('change with every field, so that no approval carries over', () => {
    const base = contentOf()
    const [first, second] = base.postings
    const changes: Partial<DraftContent>[] = [
      { kind: 'transfer' },
      { occurredOn: civilDate('2025-01-11') },
      { narration: '收物业服务费 ' },
      { postings: [second!, first!] },
      { postings: [{ ...first!, amountFen: fen(150_001n) }, second!] },
      { postings: [{ ...first!, account: '100202' }, second!] },
      { postings: [{ ...first!, fund: 'maintenance' }, second!] },
      { postings: [{ ...first!, side: 'credit' }, second!] },
      { version: 1 },
      { payee: { kind: 'organisation', name: '甲公司' } },
      { payee: { kind: 'organisation', name: '乙公司' } },
      { payee: { kind: 'person', digest: 'ab'.repeat(32) } },
      { documents: ['ab'.repeat(32)] },
      { bankLines: ['line'] },
      { reverses: { fiscalYear: 2025, number: 1 } },
      { replaces: { fiscalYear: 2025, number: 1 } },
    ]
    const digests = [base, ...changes.map(change => contentOf(change))].map(draftDigest)
    expect(new Set(digests).size).toBe(changes.length + 1)
  })

  it('that are not ours are not read', () => {
    expect(() => decodeDraft(utf8('{"kind": "receipt"}'))).toThrow('invariant broken')
    expect(() => decodeDraft(new Uint8Array([0xff]))).toThrow('invariant broken')
  })
})

describe('the kind follows from what happens to money held', () => {
  it.each([
    ['receipt', [debit('100201', 5n), credit('410101', 5n)]],
    ['payment', [debit('5103', 5n), credit('100201', 5n)]],
    ['transfer', [debit('100202', 5n), credit('100201', 5n)]],
    ['transfer', [debit('410101', 5n), credit('410102', 5n)]],
    [
      'transfer',
      [
        debit('1391', 5n),
        credit('100201', 5n),
        debit('100202', 5n, 'maintenance'),
        credit('1391', 5n, 'maintenance'),
      ],
    ],
    // A fen received beside it does not make a payment a transfer that needs no source document.
    ['payment', [debit('5103', 5n), debit('100202', 1n), credit('100201', 6n)]],
    ['payment', [debit('100201', 99n), debit('5113', 1n), credit('101201', 100n)]],
    ['payment', [debit('5103', 5n), credit('410101', 5n), debit('100201', 5n), credit('100201', 5n)]],
  ] as const)('%s', (kind, postings) => {
    expect(kindOf(postings, ACCOUNTS)).toBe(kind)
  })
})

const PAYEE: Payee = { kind: 'organisation', name: '净邻保洁服务有限公司' }

describe('what a draft must say', () => {
  const today = civilDate('2025-02-10')
  const codes = (changes: Partial<DraftContent>, privateNames: readonly string[] = []) => {
    const checked = checkDraft(contentOf(changes), CHART, { today, privateNames })
    return checked.ok ? [] : checked.error.map(problem => problem.code)
  }

  it('is all in order here', () => {
    expect(codes({})).toEqual([])
    expect(codes({ occurredOn: today })).toEqual([])
    expect(codes({ narration: '字'.repeat(NARRATION_LIMIT) })).toEqual([])
    expect(codes({ narration: '😀'.repeat(NARRATION_LIMIT) })).toEqual([])
  })

  it.each<[string, Partial<DraftContent>, string[]]>([
    ['no narration', { narration: ' \n' }, ['narration-empty']],
    ['too long a one', { narration: '字'.repeat(NARRATION_LIMIT + 1) }, ['narration-too-long']],
    ['a phone in it', { narration: '退 13800138000' }, ['narration-private']],
    ['a day to come', { occurredOn: civilDate('2025-02-11') }, ['date-in-future']],
    ['a payment without a source document', { kind: 'payment', payee: PAYEE }, ['document-missing']],
    ['a payment to nobody', { kind: 'payment', documents: ['ab'.repeat(32)] }, ['payee-missing']],
    ['a payee of a receipt', { payee: PAYEE }, ['payee-unfit']],
    ['a payee of a transfer', { kind: 'transfer', payee: PAYEE }, ['payee-unfit']],
    [
      'a payee with too long a name',
      {
        kind: 'payment',
        documents: ['ab'.repeat(32)],
        payee: { kind: 'organisation', name: '公'.repeat(PAYEE_LIMIT + 1) },
      },
      ['payee-too-long'],
    ],
    [
      'a reversal of nothing, in black',
      { kind: 'reversal' },
      ['reversal-names-none', 'posting-positive-in-red', 'posting-positive-in-red'],
    ],
    ['an opening with income', { kind: 'opening' }, ['opening-unfit']],
    [
      'an opening that pays',
      { kind: 'opening', postings: [debit('3101', 5n), credit('100201', 5n)] },
      ['opening-unfit'],
    ],
  ])('%s is refused', (_, changes, expected) => {
    expect(codes(changes)).toEqual(expected)
  })

  it('a payment names its payee, unless it was drafted before that was asked', () => {
    const documents = ['ab'.repeat(32)]
    expect(codes({ kind: 'payment', documents, payee: PAYEE })).toEqual([])
    expect(codes({ kind: 'payment', documents, payee: { kind: 'person', digest: 'ab'.repeat(32) } })).toEqual(
      [],
    )
    expect(codes({ kind: 'payment', documents, version: 1 })).toEqual([])
  })

  it('an opening enters money that was there, and whose it was', () => {
    expect(codes({ kind: 'opening', postings: [debit('100201', 5n), credit('3101', 5n)] })).toEqual([])
    expect(
      codes({ kind: 'opening', postings: [debit('100201', 5n), credit('2241', 2n), credit('3101', 3n)] }),
    ).toEqual([])
  })

  it('names of private persons stay out, those of organisations do not', () => {
    const narration = '退王小明押金'
    expect(codes({ narration }, ['王小明'])).toEqual(['narration-private'])
    expect(codes({ narration }, ['李大'])).toEqual([])
    expect(codes({ narration: '付绿源保洁有限公司' }, ['绿源保洁有限公司'])).toEqual([])
  })

  it('gives all problems at once', () => {
    const all = codes({
      kind: 'payment',
      narration: '',
      occurredOn: civilDate('2026-01-01'),
      postings: [debit('5103', 1n)],
    })
    expect(all).toEqual([
      'narration-empty',
      'date-in-future',
      'payee-missing',
      'document-missing',
      'postings-too-few',
      'fund-unbalanced',
    ])
  })
})

it('a reversal is the original in red, naming it, and nothing else of it', () => {
  fc.assert(
    fc.property(anyKey, anyPostings, anyDay, (key, postings, day) => {
      const content = reversalOf({ key, postings }, day, '冲销')
      expect(content).toMatchObject({
        kind: 'reversal',
        reverses: key,
        replaces: null,
        documents: [],
        bankLines: [],
      })
      expect(content.postings.map(p => ({ ...p, amountFen: fen(-p.amountFen) }))).toEqual(postings)
      expect(checkDraft(content, CHART, { today: day, privateNames: [] }).ok).toBe(true)
    }),
  )
})
