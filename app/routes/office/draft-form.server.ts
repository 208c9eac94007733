/**
 * The draft form on the server: keeps what was uploaded whatever else is wrong, reads the lines, and gives back either a draft
 * input or the form with every error at its field. Knows no rule of double entry: the use case judges.
 */
import type { Lang } from '#i18n'
import { translate } from '#i18n'
import { type CivilDate, type Fen, formatYuanPlain, parseCivilDate, parseYuan, periodOf } from '#kernel'
import { type Posting, parseVoucherKey, postingsAgainst, type Side } from '#ledger'
import {
  attachSourceDocument,
  type DraftInput,
  readAttachedDocuments,
  readBench,
  readChart,
  readOfficeLines,
  readPeriodState,
  readVoucher,
  readVoucherLines,
} from '#ledger/server'
import type { FieldError } from '#ui'
import { type DraftFormView, type EnteredPosting, mainFundOf, type OfficeLine } from '#ui/office'
import { bytesOf, type Entered, filesOf, textOf, textsOf } from './entered.ts'
import { documentErrors } from './refusals.ts'
import type { OfficeVisit } from './visit.server.ts'

const ROWS_FIRST = 4
const ROWS_MORE = 4
const ROWS_MAX = 200

const NO_POSTING: EnteredPosting = { account: '', fund: '', debit: '', credit: '' }

function padded(postings: readonly EnteredPosting[], fund: string, rows: number): EnteredPosting[] {
  const blank = Math.max(0, rows - postings.length)
  return [...postings, ...Array.from({ length: blank }, () => ({ ...NO_POSTING, fund }))]
}

/** Postings as the form shows them. */
export function enteredPostings(postings: readonly Posting[]): EnteredPosting[] {
  return postings.map(({ account, fund, side, amountFen }) => ({
    account,
    fund,
    debit: side === 'debit' ? formatYuanPlain(amountFen) : '',
    credit: side === 'credit' ? formatYuanPlain(amountFen) : '',
  }))
}

/** The two sides of some bank lines, per bank account: the other account is left to be chosen. */
function postingsFor(lines: readonly OfficeLine[], account: string): EnteredPosting[] {
  const sums = new Map<string, { fund: string; amount: bigint }>()
  for (const line of lines) {
    const before = sums.get(line.account)?.amount ?? 0n
    sums.set(line.account, { fund: line.fund, amount: before + line.amountFen })
  }
  return [...sums].flatMap(([cashAccount, { fund, amount }]) =>
    enteredPostings(postingsAgainst({ cashAccount, fund, amountFen: amount as Fen }, account)),
  )
}

/** Whom the lines pay, when it is one and the same; empty for receipts and for several. */
function payeeOf(lines: readonly OfficeLine[]): string {
  const names = new Set(lines.filter(line => line.amountFen < 0n).map(line => line.counterparty))
  return names.size === 1 ? [...names][0]! : ''
}

/** A new form: empty, or prefilled from picked bank lines and the rule that fits them. */
export async function newDraftView(
  visit: OfficeVisit,
  today: CivilDate,
  ids: readonly string[],
): Promise<DraftFormView> {
  const { portal, actor, community } = visit
  const { funds } = await readChart(portal.db, community.communityId)
  const lines = ids.length === 0 ? [] : ((await readOfficeLines(portal, actor, community, ids)) ?? [])
  const bench = lines.length === 0 ? null : await readBench(portal, actor, community)
  const rule = bench?.proposals.find(proposal => proposal.bankLines.includes(lines[0]!.bankLine))?.rule
  const days = lines.map(line => line.bookedOn).sort()
  const postings = postingsFor(lines, rule?.account ?? '')
  const { lastClosed } = await readPeriodState(portal.db, community)
  const newest = days.at(-1) ?? today
  return {
    // A line of a closed month is entered in the month it is found in.
    occurredOn: lastClosed !== null && periodOf(newest) <= lastClosed ? today : newest,
    narration: rule?.narration ?? '',
    payee: payeeOf(lines),
    postings: padded(postings, lines[0]?.fund ?? mainFundOf(funds), ROWS_FIRST),
    documents: [],
    lines,
    replaces: '',
  }
}

/** Fills a view up to the rows a fresh form has. */
export function withBlankRows(view: DraftFormView): DraftFormView {
  const rows = Math.max(ROWS_FIRST, view.postings.length)
  return { ...view, postings: padded(view.postings, view.postings[0]?.fund ?? '', rows) }
}

/** A new form that replaces a reversed voucher: its postings and those of its bank lines that are free again; null when there is none. */
export async function replacementView(
  visit: OfficeVisit,
  today: CivilDate,
  replaces: string,
): Promise<DraftFormView | null> {
  const { portal, actor, community } = visit
  const key = parseVoucherKey(replaces)
  const original = key === null ? null : await readVoucher(portal, community, key)
  if (original === null) return null
  const bench = await readBench(portal, actor, community)
  const isFree = (id: string) =>
    bench?.lines.some(line => line.bankLine === id && !bench.drafted.has(id)) ?? false
  const held = (await readVoucherLines(portal, actor, community, original.key)) ?? []
  const ids = held.map(line => line.bankLine).filter(isFree)
  const fresh = await newDraftView(visit, today, ids)
  return withBlankRows({
    ...fresh,
    narration: original.narration,
    payee: original.payee?.organisation ?? fresh.payee,
    postings: enteredPostings(original.postings),
    documents: await readAttachedDocuments(
      portal,
      actor,
      community,
      original.documents.map(document => document.sha256),
    ),
    replaces,
  })
}

interface ReadPostings {
  readonly postings: readonly Posting[]
  /** Row of the form for each posting: blank rows are skipped. */
  readonly rows: readonly number[]
  readonly errors: readonly FieldError[]
}

function readPostings(entered: readonly EnteredPosting[], lang: Lang): ReadPostings {
  const t = translate(lang)
  const postings: Posting[] = []
  const rows: number[] = []
  const errors: FieldError[] = []
  entered.forEach((row, index) => {
    const line = index + 1
    if (row.account === '' && row.debit === '' && row.credit === '') return
    if (row.debit !== '' && row.credit !== '') {
      errors.push({ field: `debit-${line}`, message: t('ledger.money.both-sides', { line }) })
      return
    }
    const side: Side = row.credit === '' ? 'debit' : 'credit'
    const amount = parseYuan(side === 'debit' ? row.debit : row.credit)
    if (amount.ok) {
      postings.push({ fund: row.fund, account: row.account, side, amountFen: amount.value })
      rows.push(line)
    } else {
      errors.push({ field: `${side}-${line}`, message: t(`ledger.money.${amount.error}`, { line }) })
    }
  })
  return { postings, rows, errors }
}

async function keepFiles(visit: OfficeVisit, form: Entered, lang: Lang) {
  const kept: string[] = [...textsOf(form, 'documents')]
  const errors: FieldError[] = []
  for (const file of filesOf(form, 'files')) {
    const stored = await attachSourceDocument(visit.portal, visit.actor, visit.community, {
      name: file.name,
      bytes: await bytesOf(file),
    })
    if (stored.ok) kept.push(stored.value.sha256)
    else errors.push(...documentErrors(stored.error, { lang, file: file.name }))
  }
  return { kept: [...new Set(kept)], errors }
}

export interface SubmittedDraft {
  readonly intent: 'save' | 'add-rows'
  readonly view: DraftFormView
  readonly errors: readonly FieldError[]
  /** Null while the form itself cannot be read. */
  readonly input: DraftInput | null
  /** Moves an error of posting line N to the row of the form that holds it. */
  readonly atRow: (error: FieldError) => FieldError
}

/** Reads a submitted form: stores its files first, so that nothing a person uploaded is lost. */
export async function submittedDraft(visit: OfficeVisit, form: Entered, lang: Lang): Promise<SubmittedDraft> {
  const { portal, actor, community } = visit
  const { kept, errors: fileErrors } = await keepFiles(visit, form, lang)
  const rows = Math.min(
    ROWS_MAX,
    Math.max(1, Number(/^\d{1,3}$/.exec(textOf(form, 'rows'))?.[0] ?? ROWS_FIRST)),
  )
  const intent = textOf(form, 'intent') === 'add-rows' ? 'add-rows' : 'save'
  const entered = Array.from({ length: rows }, (_, index): EnteredPosting => {
    const field = (name: string) => textOf(form, `${name}-${index + 1}`)
    return { account: field('account'), fund: field('fund'), debit: field('debit'), credit: field('credit') }
  })
  const read = readPostings(entered, lang)
  const date = parseCivilDate(textOf(form, 'occurredOn'))
  const dateErrors: FieldError[] = date.ok
    ? []
    : [{ field: 'occurredOn', message: translate(lang)('ledger.date.date-malformed') }]
  const ids = textsOf(form, 'lines')
  const lines = ids.length === 0 ? [] : ((await readOfficeLines(portal, actor, community, ids)) ?? [])
  const replaces = textOf(form, 'replaces')
  const narration = textOf(form, 'narration')
  const payee = textOf(form, 'payee')
  const more = intent === 'add-rows' ? ROWS_MORE : 0
  const errors = [...dateErrors, ...read.errors, ...fileErrors]
  return {
    intent,
    view: {
      occurredOn: textOf(form, 'occurredOn'),
      narration,
      payee,
      postings: padded(entered, entered[0]?.fund ?? '', Math.min(ROWS_MAX, rows + more)),
      documents: await readAttachedDocuments(portal, actor, community, kept),
      lines,
      replaces,
    },
    errors: intent === 'add-rows' ? fileErrors : errors,
    input:
      errors.length > 0 || !date.ok
        ? null
        : {
            occurredOn: date.value,
            narration,
            postings: read.postings,
            payee,
            documents: kept,
            bankLines: ids,
            replaces: parseVoucherKey(replaces),
          },
    atRow: error => {
      const place = /^(account|fund|debit|credit)-(\d+)$/.exec(error.field ?? '')
      const row = place === null ? undefined : read.rows[Number(place[2]) - 1]
      return place === null || row === undefined ? error : { ...error, field: `${place[1]}-${row}` }
    },
  }
}
