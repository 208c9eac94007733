/** A bank file as two people agree to read it: bytes there and back, and nothing that a person typed in what is public. */
import { describe, expect, it } from 'vitest'
import { canonicalBytes, civilDate, type Fen, fen, parseCanonical } from '#kernel'
import type { BankImportReading, ColumnMapping } from '#ledger'
import { type MappedFile, mappedFile, mappedFileMembers, mappedFileOf } from '../../app/ledger/mapped-file.ts'
import { fc } from '../support/properties.ts'

const anyColumn = fc.nat({ max: 20 })
const anyMapping: fc.Arbitrary<ColumnMapping> = fc.record({
  headerRow: fc.integer({ min: -1, max: 30 }),
  columns: fc.oneof(
    fc.record({
      date: fc.array(anyColumn, { minLength: 1 }),
      narration: fc.array(anyColumn),
      amount: anyColumn,
    }),
    fc.record({
      date: fc.array(anyColumn, { minLength: 1 }),
      narration: fc.array(anyColumn),
      in: anyColumn,
      out: anyColumn,
      balance: anyColumn,
    }),
  ),
  amountSign: fc.constantFrom(null, 'signed' as const),
  directionWords: fc.record({
    in: fc.array(fc.constantFrom('收', '张三')),
    out: fc.array(fc.constant('付')),
    neutral: fc.constant([]),
  }),
  dayFirst: fc.boolean(),
  yearInTitle: fc.boolean(),
})
const anyMoney = fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }).map(fen)
const anyDay = fc.constantFrom(civilDate('2025-01-05'), civilDate('2025-03-31'))
const anyFile: fc.Arbitrary<MappedFile> = fc.record({
  importId: fc.constant('an-import'),
  bankAccount: fc.constant('100201'),
  fileSha256: fc.constant('ab'.repeat(32)),
  signature: fc.option(fc.constant('cd'.repeat(32))),
  mapping: anyMapping,
  rows: fc.nat(),
  sumInFen: anyMoney,
  sumOutFen: anyMoney,
  firstOn: fc.option(anyDay),
  lastOn: fc.option(anyDay),
  openingFen: fc.option(anyMoney),
  closingFen: fc.option(anyMoney),
  chainOk: fc.option(fc.boolean()),
})
const bytesOf = (file: MappedFile) => canonicalBytes(mappedFileMembers(file, false))

describe('a mapped file', () => {
  it('comes back from its bytes as it was, and its public members never hold a typed word', () => {
    fc.assert(
      fc.property(anyFile, file => {
        const parsed = parseCanonical(bytesOf(file))
        if (!parsed.ok) throw new Error('not canonical')
        expect(mappedFileOf(parsed.value)).toEqual(file)
        expect(JSON.stringify(mappedFileMembers(file, true))).not.toContain('张三')
      }),
    )
  })

  it('has other bytes when two columns are exchanged or a balance is read as an amount', () => {
    fc.assert(
      fc.property(anyFile, file => {
        const { columns } = file.mapping
        const withColumns = (changes: object) =>
          bytesOf({ ...file, mapping: { ...file.mapping, columns: { ...columns, ...changes } } })
        if (columns.in !== columns.out)
          expect(withColumns({ in: columns.out, out: columns.in })).not.toEqual(bytesOf(file))
        expect(withColumns({ amount: 21 })).not.toEqual(bytesOf(file))
      }),
    )
  })

  it('takes its figures from the preview that was shown', () => {
    const money = (amount: bigint): Fen => fen(amount)
    const reading = {
      rows: 2,
      sumInFen: money(100n),
      sumOutFen: money(30n),
      firstOn: civilDate('2025-01-05'),
      lastOn: civilDate('2025-01-06'),
      openingFen: money(0n),
      closingFen: money(70n),
      chainOk: false,
      signature: null,
    } as unknown as BankImportReading
    const mapping = {
      headerRow: -1,
      columns: { date: [0], narration: [], amount: 1 },
    } as unknown as ColumnMapping
    const imported = { importId: 'i', bankAccount: '100201', fileSha256: 'ab'.repeat(32) }
    expect(mappedFile(imported, mapping, reading)).toEqual({ ...imported, ...reading, mapping })
  })
})
