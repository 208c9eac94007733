/**
 * A bank file of an unknown layout as two people agree to read it: which file of which account, what each column is, and
 * what comes out. Pure. The words for in and out are typed by a person and are never public.
 */
import { type CanonicalValue, type CivilDate, type Fen, fen } from '#kernel'
import type { BankImportReading } from './bank-import.ts'
import type { ColumnMapping } from './bank-statement/column-mapping.ts'

export interface MappedFile {
  readonly importId: string
  readonly bankAccount: string
  readonly fileSha256: string
  /** Signature of the header (`headerSignature`); null when the file has none: then the mapping is for this file alone. */
  readonly signature: string | null
  readonly mapping: ColumnMapping
  readonly rows: number
  readonly sumInFen: Fen
  readonly sumOutFen: Fen
  readonly firstOn: CivilDate | null
  readonly lastOn: CivilDate | null
  readonly openingFen: Fen | null
  readonly closingFen: Fen | null
  /** Whether each balance follows from the one before; null when the file has no balances. */
  readonly chainOk: boolean | null
}

/** What is proposed for an import: its columns, and the figures of its preview. */
export function mappedFile(
  imported: { readonly importId: string; readonly bankAccount: string; readonly fileSha256: string },
  mapping: ColumnMapping,
  reading: BankImportReading,
): MappedFile {
  const { rows, sumInFen, sumOutFen, firstOn, lastOn, openingFen, closingFen, chainOk, signature } = reading
  const figures = { rows, sumInFen, sumOutFen, firstOn, lastOn, openingFen, closingFen, chainOk }
  return { ...imported, ...figures, mapping, signature }
}

const moneyText = (amount: Fen | null): string | null => (amount === null ? null : amount.toString())

/** Its members in a change and, without the typed words, in the public leaf. Fen as decimal text. */
export function mappedFileMembers(file: MappedFile, isPublic: boolean): Record<string, CanonicalValue> {
  const { columns, headerRow, amountSign, directionWords, dayFirst, yearInTitle } = file.mapping
  return {
    import: file.importId,
    bank_account: file.bankAccount,
    file_sha256: file.fileSha256,
    header: file.signature,
    ...(isPublic ? {} : { words: directionWords as unknown as CanonicalValue }),
    columns: columns as unknown as CanonicalValue,
    header_row: headerRow,
    amount_sign: amountSign,
    day_first: dayFirst,
    year_in_title: yearInTitle,
    rows: file.rows,
    sum_in_fen: moneyText(file.sumInFen),
    sum_out_fen: moneyText(file.sumOutFen),
    first_on: file.firstOn,
    last_on: file.lastOn,
    opening_fen: moneyText(file.openingFen),
    closing_fen: moneyText(file.closingFen),
    chain_ok: file.chainOk,
  }
}

/** Reads the members of a stored change back. */
export function mappedFileOf(stored: CanonicalValue): MappedFile {
  const members = stored as Readonly<Record<string, never>>
  const money = (text: string | null) => (text === null ? null : fen(BigInt(text)))
  return {
    importId: members.import!,
    bankAccount: members.bank_account!,
    fileSha256: members.file_sha256!,
    signature: members.header!,
    mapping: {
      headerRow: members.header_row!,
      columns: members.columns!,
      amountSign: members.amount_sign!,
      directionWords: members.words!,
      dayFirst: members.day_first!,
      yearInTitle: members.year_in_title!,
    },
    rows: members.rows!,
    sumInFen: money(members.sum_in_fen!)!,
    sumOutFen: money(members.sum_out_fen!)!,
    firstOn: members.first_on!,
    lastOn: members.last_on!,
    openingFen: money(members.opening_fen!),
    closingFen: money(members.closing_fen!),
    chainOk: members.chain_ok!,
  }
}
