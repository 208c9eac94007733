/**
 * Every refusal of the ledger's use cases in words, at the field it concerns. One map per union: a code that the ledger adds
 * does not compile until somebody wrote its sentence.
 */
import { dateText, type Lang, moneyText, periodText, translate } from '#i18n'
import { type Fen, fen } from '#kernel'
import type { Account, Fund } from '#ledger'
import type {
  ApproveRefusal,
  BatchRefusal,
  CloseRefusal,
  DocumentRefusal,
  DraftRefusal,
  ExplainRefusal,
  ImportRefusal,
  TeachRefusal,
} from '#ledger/server'
import type { IssueRefusal } from '#statements/server'
import { FACTOR_FIELDS, type FieldError } from '#ui'

/** What a sentence needs beside the refusal: the language, the names of accounts and funds, and the file it is about. */
export interface Saying {
  readonly lang: Lang
  readonly accounts?: readonly Account[]
  readonly funds?: readonly Fund[]
  readonly file?: string
}

/** The member of a union with that code, also where one member has several codes. */
type Narrowed<Refusal, Code> = Refusal extends { readonly code: infer Codes }
  ? Code extends Codes
    ? Refusal & { readonly code: Code }
    : never
  : never
export type Texts<Refusal extends { readonly code: string }> = {
  readonly [Code in Refusal['code']]: (
    refusal: Narrowed<Refusal, Code>,
    say: Words,
  ) => FieldError | readonly FieldError[]
}
type DraftProblem = Extract<DraftRefusal, { code: 'draft-unfit' }>['problems'][number]

export interface Words {
  readonly t: ReturnType<typeof translate>
  readonly lang: Lang
  readonly account: (code: string) => string
  readonly fund: (code: string) => string
  readonly file: string
}

function wordsOf(saying: Saying): Words {
  const named = (list: readonly { code: string; nameZh: string; nameEn: string }[] | undefined) => {
    return (code: string) => {
      const found = list?.find(each => each.code === code)
      return found === undefined ? code : saying.lang === 'en' ? found.nameEn : found.nameZh
    }
  }
  return {
    t: translate(saying.lang),
    lang: saying.lang,
    account: named(saying.accounts),
    fund: named(saying.funds),
    file: saying.file ?? '',
  }
}

/** The errors of one refusal, each at its field. */
export function say<Refusal extends { readonly code: string }>(
  texts: Texts<Refusal>,
  refusal: Refusal,
  saying: Saying,
): readonly FieldError[] {
  const text = texts[refusal.code as Refusal['code']] as (
    refusal: Refusal,
    say: Words,
  ) => FieldError | readonly FieldError[]
  const said = text(refusal, wordsOf(saying))
  return Array.isArray(said) ? said : [said as FieldError]
}

function megabytes(bytes: number): string {
  return `${bytes / 1024 / 1024} MB`
}

function distance(a: Fen, b: Fen): string {
  return moneyText(fen(a > b ? a - b : b - a))
}

const DRAFT_PROBLEMS = {
  'narration-empty': (_, { t }) => ({ field: 'narration', message: t('ledger.refusal.narration-empty') }),
  'narration-too-long': ({ limit }, { t }) => ({
    field: 'narration',
    message: t('ledger.refusal.narration-too-long', { limit }),
  }),
  'narration-private': ({ found }, { t }) => ({
    field: 'narration',
    message: t('ledger.refusal.narration-private', { found }),
  }),
  'payee-missing': (_, { t }) => ({ field: 'payee', message: t('ledger.refusal.payee-missing') }),
  'payee-too-long': ({ limit }, { t }) => ({
    field: 'payee',
    message: t('ledger.refusal.payee-too-long', { limit }),
  }),
  'payee-unfit': (_, { t }) => ({ field: 'payee', message: t('ledger.refusal.payee-unfit') }),
  'document-missing': (_, { t }) => ({ field: 'files', message: t('ledger.refusal.document-missing') }),
  'date-in-future': (_, { t }) => ({ field: 'occurredOn', message: t('ledger.refusal.date-in-future') }),
  'reversal-names-none': (_, { t }) => ({ message: t('ledger.refusal.reversal-names-none') }),
  'postings-too-few': (_, { t }) => ({ field: 'account-1', message: t('ledger.refusal.postings-too-few') }),
  'postings-too-many': ({ limit }, { t }) => ({ message: t('ledger.refusal.postings-too-many', { limit }) }),
  'posting-zero': ({ line }, { t }) => ({
    field: `debit-${line}`,
    message: t('ledger.refusal.posting-zero', { line }),
  }),
  'posting-negative': ({ line }, { t }) => ({
    field: `debit-${line}`,
    message: t('ledger.refusal.posting-negative', { line }),
  }),
  'posting-positive-in-red': ({ line }, { t }) => ({
    field: `debit-${line}`,
    message: t('ledger.refusal.posting-positive-in-red', { line }),
  }),
  'posting-account-unknown': ({ line }, { t }) => ({
    field: `account-${line}`,
    message: t('ledger.refusal.posting-account-unknown', { line }),
  }),
  'posting-fund-unknown': ({ line }, { t }) => ({
    field: `fund-${line}`,
    message: t('ledger.refusal.posting-fund-unknown', { line }),
  }),
  'fund-unbalanced': ({ fund, debitFen, creditFen }, { t, ...words }) => ({
    field: 'debit-1',
    message: t('ledger.refusal.fund-unbalanced', {
      fund: words.fund(fund),
      debit: moneyText(debitFen),
      credit: moneyText(creditFen),
      difference: distance(debitFen, creditFen),
    }),
  }),
  'interfund-unbalanced': ({ debitFen, creditFen }, { t }) => ({
    field: 'debit-1',
    message: t('ledger.refusal.interfund-unbalanced', {
      debit: moneyText(debitFen),
      credit: moneyText(creditFen),
    }),
  }),
  'opening-unfit': ({ line }, { t }) => ({
    field: `account-${line}`,
    message: t('ledger.refusal.opening-unfit', { line }),
  }),
} satisfies Texts<DraftProblem>

const PERIODS = {
  'period-closed': ({ period }, { t, lang }) => ({
    field: 'occurredOn',
    message: t('ledger.refusal.period-closed', { period: periodText(period, lang) }),
  }),
  'period-not-started': ({ firstPeriod }, { t, lang }) => ({
    field: 'occurredOn',
    message: t('ledger.refusal.period-not-started', { period: periodText(firstPeriod, lang) }),
  }),
  'period-not-over': ({ period }, { t, lang }) => ({
    message: t('ledger.refusal.period-not-over', { period: periodText(period, lang) }),
  }),
  'period-before-open': ({ open }, { t, lang }) => ({
    message: t('ledger.refusal.period-before-open', { period: periodText(open, lang) }),
  }),
} satisfies Texts<Extract<DraftRefusal, { code: `period-${string}` }>>

const DRAFT = {
  ...PERIODS,
  'not-permitted': (_, { t }) => ({ message: t('ledger.refusal.not-permitted') }),
  'draft-unfit': ({ problems }, words) =>
    problems.flatMap(problem => {
      const text = DRAFT_PROBLEMS[problem.code] as (problem: DraftProblem, words: Words) => FieldError
      return [text(problem, words)]
    }),
  'draft-unknown': (_, { t }) => ({ message: t('ledger.refusal.draft-unknown') }),
  'draft-not-open': (_, { t }) => ({ message: t('ledger.refusal.draft-not-open') }),
  'draft-not-yours': (_, { t }) => ({ message: t('ledger.refusal.draft-not-yours') }),
  'document-unknown': (_, { t }) => ({ field: 'files', message: t('ledger.refusal.document-unknown') }),
  'bank-line-unknown': (_, { t }) => ({ message: t('ledger.refusal.bank-line-unknown') }),
  'bank-line-taken': ({ voucher }, { t }) => ({ message: t('ledger.refusal.bank-line-taken', { voucher }) }),
  'bank-line-moves-nothing': (_, { t }) => ({ message: t('ledger.refusal.bank-line-moves-nothing') }),
  'cash-fund-differs': ({ account, fund }, { t, ...words }) => ({
    field: 'fund-1',
    message: t('ledger.refusal.cash-fund-differs', {
      account: words.account(account),
      fund: words.fund(fund),
    }),
  }),
  'bank-lines-differ': ({ account, linesFen, postingsFen }, { t, ...words }) => ({
    field: 'debit-1',
    message: t('ledger.refusal.bank-lines-differ', {
      account: words.account(account),
      lines: moneyText(linesFen),
      postings: moneyText(postingsFen),
    }),
  }),
  'voucher-unknown': ({ voucher }, { t }) => ({ message: t('ledger.refusal.voucher-unknown', { voucher }) }),
  'already-reversed': ({ by }, { t }) => ({ message: t('ledger.refusal.already-reversed', { by }) }),
  'reversal-of-reversal': (_, { t }) => ({ message: t('ledger.refusal.reversal-of-reversal') }),
  'reversal-before-original': ({ occurredOn }, { t, lang }) => ({
    field: 'occurredOn',
    message: t('ledger.refusal.reversal-before-original', { date: dateText(occurredOn, lang) }),
  }),
  'not-reversed-yet': ({ voucher }, { t }) => ({
    message: t('ledger.refusal.not-reversed-yet', { voucher }),
  }),
} satisfies Texts<DraftRefusal>

const APPROVE = {
  ...DRAFT,
  'step-not-due': ({ due }, { t }) => ({
    message:
      due === null
        ? t('ledger.refusal.step-none-due')
        : t('ledger.refusal.step-not-due', { due: t(`ledger.step.${due}`) }),
  }),
  'same-person': ({ step }, { t }) => ({
    message: t('ledger.refusal.same-person', { step: t(`ledger.step.${step}`) }),
  }),
  'content-changed': (_, { t }) => ({ message: t('ledger.refusal.content-changed') }),
  'budget-line-missing': ({ account }, { t, ...words }) => ({
    message: t('ledger.refusal.budget-line-missing', { account: words.account(account) }),
  }),
  'over-ceiling': ({ account, ceilingFen, spentFen }, { t, ...words }) => ({
    message: t('ledger.refusal.over-ceiling', {
      account: words.account(account),
      ceiling: moneyText(ceilingFen),
      spent: moneyText(spentFen),
    }),
  }),
  'chair-releases-last': (_, { t }) => ({ message: t('ledger.refusal.chair-releases-last') }),
  'relation-blocks': (_, { t }) => ({ message: t('ledger.refusal.relation-blocks') }),
  'relation-of-earlier': (_, { t }) => ({ message: t('ledger.refusal.relation-of-earlier') }),
  'witness-acted': (_, { t }) => ({ message: t('ledger.refusal.witness-acted') }),
  'already-refused': (_, { t }) => ({ message: t('ledger.refusal.already-refused') }),
  'reason-missing': (_, { t }) => ({ field: 'reason', message: t('ledger.refusal.reason-missing') }),
  'factor-missing': (_, { t }) => ({
    field: FACTOR_FIELDS.code,
    message: t('account.problem.factor-missing'),
  }),
  'factor-wrong': (_, { t }) => ({ field: FACTOR_FIELDS.code, message: t('account.problem.factor-wrong') }),
  'factor-used': (_, { t }) => ({ field: FACTOR_FIELDS.code, message: t('account.problem.factor-used') }),
  'factor-locked': ({ waitMinutes }, { t }) => ({
    field: FACTOR_FIELDS.code,
    message: t('account.problem.factor-locked', { minutes: waitMinutes }),
  }),
} satisfies Texts<ApproveRefusal>

const BATCH = {
  ...APPROVE,
  'receipts-only': (_, { t }) => ({ message: t('ledger.refusal.receipts-only') }),
} satisfies Texts<BatchRefusal>

const MAPPING = {
  'no-date': 'ledger.refusal.mapping-no-date',
  'no-amount': 'ledger.refusal.mapping-no-amount',
  'two-ways': 'ledger.refusal.mapping-two-ways',
  'out-of-range': 'ledger.refusal.mapping-out-of-range',
} as const satisfies Record<Extract<ImportRefusal, { code: 'mapping-unfit' }>['reason'], string>

const IMPORT = {
  'not-permitted': (_, { t }) => ({ message: t('ledger.refusal.not-permitted') }),
  'bank-account-unknown': (_, { t }) => ({
    field: 'account',
    message: t('ledger.refusal.bank-account-unknown'),
  }),
  'file-empty': (_, { t }) => ({ field: 'file', message: t('ledger.refusal.file-empty') }),
  'file-too-large': ({ limitBytes }, { t }) => ({
    field: 'file',
    message: t('ledger.refusal.file-too-large', { size: megabytes(limitBytes) }),
  }),
  'import-unknown': (_, { t }) => ({ message: t('ledger.refusal.import-unknown') }),
  'import-not-ready': (_, { t }) => ({ message: t('ledger.refusal.import-not-ready') }),
  'confirmation-missing': (_, { t }) => ({
    field: 'confirms',
    message: t('ledger.refusal.confirmation-missing'),
  }),
  'reason-missing': (_, { t }) => ({
    field: 'reason',
    message: t('ledger.refusal.confirm-reason-missing'),
  }),
  'mapping-unfit': ({ reason }, { t }) => ({
    field: reason === 'no-date' ? 'role-0' : 'amounts',
    message: t(MAPPING[reason]),
  }),
} satisfies Texts<ImportRefusal>

const CLOSE = {
  ...PERIODS,
  'not-permitted': (_, { t }) => ({ message: t('ledger.refusal.not-permitted') }),
  'drafts-open': ({ drafts }, { t }) => ({ message: t('ledger.refusal.drafts-open', { drafts }) }),
  'signals-open': ({ signals }, { t }) => ({
    field: 'unanswered',
    message: t('ledger.refusal.signals-open', { signals }),
  }),
  'trial-balance-off': ({ funds }, { t, ...words }) => ({
    message: t('ledger.refusal.trial-balance-off', { funds: funds.map(words.fund).join(' ') }),
  }),
  'bank-differs': ({ account, adjustedBankFen, adjustedBookFen }, { t, ...words }) => ({
    message: t('ledger.refusal.bank-differs', {
      account: words.account(account),
      bank: moneyText(adjustedBankFen),
      book: moneyText(adjustedBookFen),
    }),
  }),
} satisfies Texts<CloseRefusal>

const DOCUMENT = {
  'not-permitted': (_, { t }) => ({ message: t('ledger.refusal.not-permitted') }),
  'document-empty': (_, { t, file }) => ({
    field: 'files',
    message: t('ledger.refusal.document-empty', { file }),
  }),
  'document-too-large': ({ limitBytes }, { t, file }) => ({
    field: 'files',
    message: t('ledger.refusal.document-too-large', { file, size: megabytes(limitBytes) }),
  }),
  'document-kind-unknown': (_, { t, file }) => ({
    field: 'files',
    message: t('ledger.refusal.document-kind-unknown', { file }),
  }),
  'document-broken': (_, { t, file }) => ({
    field: 'files',
    message: t('ledger.refusal.document-broken', { file }),
  }),
  'copy-unsafe': ({ found }, { t, file }) => ({
    field: 'files',
    message: t('ledger.refusal.copy-unsafe', {
      file,
      found: found.map(each => t(`ledger.copyFinding.${each}`)).join(t('office.listJoin')),
    }),
  }),
  'document-unknown': (_, { t }) => ({ field: 'files', message: t('ledger.refusal.document-unknown') }),
} satisfies Texts<DocumentRefusal>

const TEACH = {
  'not-permitted': (_, { t }) => ({ message: t('ledger.refusal.not-permitted') }),
  'rule-too-short': (_, { t }) => ({ field: 'contains', message: t('ledger.refusal.rule-too-short') }),
  'rule-account-unfit': (_, { t }) => ({
    field: 'account',
    message: t('ledger.refusal.rule-account-unfit'),
  }),
  'rule-fund-unknown': (_, { t }) => ({ field: 'fund', message: t('ledger.refusal.rule-fund-unknown') }),
  'narration-empty': (_, { t }) => ({ field: 'narration', message: t('ledger.refusal.narration-empty') }),
  'narration-private': ({ found }, { t }) => ({
    field: 'narration',
    message: t('ledger.refusal.narration-private', { found }),
  }),
  'rule-unknown': (_, { t }) => ({ message: t('ledger.refusal.rule-unknown') }),
} satisfies Texts<TeachRefusal>

const EXPLAIN = {
  'not-permitted': (_, { t }) => ({ message: t('ledger.refusal.not-permitted') }),
  'bank-line-unknown': (_, { t }) => ({ message: t('ledger.refusal.bank-line-unknown') }),
  'bank-line-already-answered': (_, { t }) => ({ message: t('ledger.refusal.bank-line-already-answered') }),
  'explanation-empty': (_, { t }) => ({
    field: 'explanation',
    message: t('ledger.refusal.explanation-empty'),
  }),
  'explanation-private': ({ found }, { t }) => ({
    field: 'explanation',
    message: t('ledger.refusal.explanation-private', { found }),
  }),
} satisfies Texts<ExplainRefusal>

type DisagreeingFigures = Exclude<
  IssueRefusal['code'],
  | 'not-permitted'
  | 'period-not-closed'
  | 'reason-missing'
  | 'second-needed'
  | 'statement-malformed'
  | 'glyph-missing'
>

/** Figures that do not prove each other are a defect of ours: the sentence says which, and to stop. */
const disagreeing = (refusal: { readonly code: DisagreeingFigures; readonly at: string }, { t }: Words) => ({
  message: t('office.issueRefusal.figures', { code: refusal.code, at: refusal.at }),
})

const ISSUE = {
  'not-permitted': (_, { t }) => ({ message: t('ledger.refusal.not-permitted') }),
  'period-not-closed': ({ period }, { t, lang }) => ({
    message: t('office.issueRefusal.period-not-closed', { period: periodText(period, lang) }),
  }),
  'reason-missing': (_, { t }) => ({ message: t('office.issueRefusal.reason-missing') }),
  'second-needed': (_, { t }) => ({ message: t('office.issueRefusal.second-needed') }),
  'statement-malformed': ({ at, code }, { t }) => ({
    message: t('office.issueRefusal.figures', { code, at }),
  }),
  'glyph-missing': ({ character, text }, { t }) => ({
    message: t('office.issueRefusal.glyph-missing', { character, text }),
  }),
  'fund-does-not-balance': disagreeing,
  'year-to-date-disagrees': disagreeing,
  'categories-do-not-add-up': disagreeing,
  'transfers-between-funds-do-not-balance': disagreeing,
  'reconciliation-disagrees': disagreeing,
  'holdings-do-not-add-up': disagreeing,
  'totals-do-not-add-up': disagreeing,
} satisfies Texts<IssueRefusal>

export const draftErrors = (refusal: DraftRefusal, saying: Saying) =>
  say<DraftRefusal>(DRAFT, refusal, saying)
export const approveErrors = (refusal: ApproveRefusal, saying: Saying) =>
  say<ApproveRefusal>(APPROVE, refusal, saying)
export const batchErrors = (refusal: BatchRefusal, saying: Saying) =>
  say<BatchRefusal>(BATCH, refusal, saying)
export const importErrors = (refusal: ImportRefusal, saying: Saying) =>
  say<ImportRefusal>(IMPORT, refusal, saying)
export const closeErrors = (refusal: CloseRefusal, saying: Saying) =>
  say<CloseRefusal>(CLOSE, refusal, saying)
export const documentErrors = (refusal: DocumentRefusal, saying: Saying) =>
  say<DocumentRefusal>(DOCUMENT, refusal, saying)
export const teachErrors = (refusal: TeachRefusal, saying: Saying) =>
  say<TeachRefusal>(TEACH, refusal, saying)
export const issueErrors = (refusal: IssueRefusal, saying: Saying) =>
  say<IssueRefusal>(ISSUE, refusal, saying)
export const explainErrors = (refusal: ExplainRefusal, saying: Saying) =>
  say<ExplainRefusal>(EXPLAIN, refusal, saying)

const CONFLICTS = new Set([
  'draft-not-open',
  'bank-line-taken',
  'already-reversed',
  'step-not-due',
  'content-changed',
  'already-refused',
  'import-not-ready',
  'bank-line-already-answered',
  'drafts-open',
  'second-needed',
  'bank-differs',
  'period-closed',
])

/** 403 for another office's work, 409 when the thing moved on meanwhile, 422 for what the person can mend in the form. */
export function refusalStatus(refusal: { readonly code: string }): 403 | 409 | 422 {
  if (
    /^(?:not-permitted|draft-not-yours|same-person|chair-releases-last|witness-acted|relation-blocks)$/.test(
      refusal.code,
    )
  )
    return 403
  return CONFLICTS.has(refusal.code) ? 409 : 422
}
