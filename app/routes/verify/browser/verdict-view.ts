/**
 * One verified file as people read it: the verdict in large words, what the file says, who sealed it, every fact, and what
 * none of it proves. Figures of a file that was not verified are never shown as if they were true.
 */
import { instantText, moneyText, periodText, type VerifierWords } from '#i18n/verifier'
import { fen } from '#kernel'
import {
  documentLines,
  type FundStatement,
  type PresentedVerdict,
  receiptLines,
  type VerifyReport,
} from '#statements'
import { type Claim, inGroups } from '../given.ts'
import { type Child, element, type IconName, icon } from './elements.ts'

export interface ShownVerdict {
  readonly name: string
  readonly report: VerifyReport
  readonly presented: PresentedVerdict
  readonly claim: Claim | null
  readonly checkedAt: Date
  readonly isWithPastedKeys: boolean
}

export type Outcome = 'valid' | 'superseded' | 'invalid'

/** A file whose only fault is that it was replaced is not a forgery, and is not called one. */
export function outcomeOf({ verdict, facts }: VerifyReport): Outcome {
  if (verdict === 'valid') return 'valid'
  const bad = facts.filter(fact => !fact.ok)
  return bad.length > 0 && bad.every(fact => fact.code === 'superseded') ? 'superseded' : 'invalid'
}

const ICONS: Readonly<Record<Outcome, IconName>> = {
  valid: 'done',
  superseded: 'attention',
  invalid: 'stopped',
}

/** The whole answer about one file. */
export function verdictView(shown: ShownVerdict, words: VerifierWords): HTMLElement {
  const { report, presented } = shown
  const outcome = outcomeOf(report)
  const { t } = words
  const isReplaced = outcome === 'superseded'
  const bad = presented.facts.filter(fact => !fact.ok)
  return element(
    'article',
    { class: 'verification', 'data-outcome': outcome },
    element(
      'div',
      { class: 'verification__verdict' },
      icon(ICONS[outcome]),
      element(
        'div',
        {},
        element('p', { class: 'verification__file' }, t('verifyPage.resultOf', { name: shown.name })),
        element('h3', {}, isReplaced ? t('verifyPage.supersededTitle') : presented.title),
        element('p', {}, isReplaced ? t('verifyPage.supersededText') : presented.text),
      ),
    ),
    claimLine(shown, words),
    bad.length === 0 ? null : part(t('verifyPage.wrong'), factList(bad, words)),
    statementPart(shown, outcome, words),
    sealPart(shown, words),
    part(
      t('verifyPage.limits'),
      element(
        'ul',
        { class: 'verification__limits' },
        ...presented.limits.map(limit => element('li', {}, limit)),
      ),
    ),
    factsPart(presented, words),
  )
}

function part(title: string, ...children: readonly Child[]): HTMLElement {
  return element('div', { class: 'verification__part' }, element('h4', {}, title), ...children)
}

/** Is this the statement that the paper's QR code names? Asked only of a file whose digest could be read. */
function claimLine({ claim, report }: ShownVerdict, { t }: VerifierWords): HTMLElement | null {
  if (claim === null || report.digest === null) return null
  const isSame = report.statementId === claim.statementId && report.digest.startsWith(claim.digestStart)
  return element(
    'p',
    { class: 'verification__claim', 'data-same': String(isSame) },
    icon(isSame ? 'done' : 'stopped'),
    isSame ? t('verifyPage.matchesPaper') : t('verifyPage.differsFromPaper'),
  )
}

function statementPart({ report }: ShownVerdict, outcome: Outcome, words: VerifierWords): HTMLElement | null {
  const { t } = words
  const content = contentOf(report, words)
  if (content === null) return null
  if (outcome === 'valid') return part(t('verifyPage.says'), ...content)
  const summary = outcome === 'superseded' ? t('verifyPage.saysSuperseded') : t('verifyPage.saysUnproven')
  return fold(summary, false, ...content)
}

function contentOf({ document, statementId, receipt }: VerifyReport, words: VerifierWords): Child[] | null {
  if (receipt !== null) return textLines(receiptLines(receipt, words.say))
  if (document === null || statementId === null) return null
  return document.kind === 'fund-statement'
    ? statementLines(document.model, statementId, words)
    : textLines(documentLines(document, statementId, words.say))
}

function textLines([name, ...lines]: readonly string[]): Child[] {
  return [
    element('p', { class: 'verification__name' }, name ?? ''),
    ...lines.map(line => element('p', {}, line)),
  ]
}

function fold(summary: string, isOpen: boolean, ...children: readonly Child[]): HTMLElement {
  return element(
    'details',
    { class: 'filter verification__fold', open: isOpen },
    element('summary', { class: 'filter__summary' }, summary),
    element('div', { class: 'verification__folded' }, ...children),
  )
}

function statementLines(statement: FundStatement, id: string, { t, lang }: VerifierWords): Child[] {
  const period = periodText(statement.period, lang)
  const { openingFen, inFen, outFen, closingFen } = statement.total.month
  const figure = (label: string, amount: string, operator?: string) =>
    element(
      'div',
      { 'data-operator': operator, class: operator === '=' ? 'equation__result' : undefined },
      element('dt', {}, label),
      element('dd', {}, element('span', { class: 'money', 'data-size': 'md' }, yuan(amount))),
    )
  return [
    element(
      'p',
      { class: 'verification__name' },
      t('verifyPage.statementName', { community: statement.community.name, period }),
    ),
    element('p', {}, t('verifyPage.statementVersion', { version: statement.version, id })),
    element(
      'dl',
      { class: 'equation', 'aria-label': t('verifyPage.monthFigures') },
      figure(t('verifyPage.opening'), openingFen),
      figure(t('verifyPage.received'), inFen, '+'),
      figure(t('verifyPage.spent'), outFen, '−'),
      figure(t('verifyPage.closing'), closingFen, '='),
    ),
  ]
}

function yuan(text: string): string {
  return moneyText(fen(BigInt(text)))
}

function sealPart(shown: ShownVerdict, { t, lang }: VerifierWords): HTMLElement | null {
  const { seal, digest, log } = shown.report
  const rows: [string, ...Child[]][] = []
  if (seal?.authorityFingerprint) {
    rows.push([
      t('verifyPage.authorityKey'),
      element('code', { class: 'digest__full' }, inGroups(seal.authorityFingerprint)),
      element('span', { class: 'verification__hint' }, t('verifyPage.authorityCompare')),
    ])
  }
  if (seal) {
    rows.push([t('verifyPage.signer'), seal.subject])
    rows.push([
      t('verifyPage.sealKey'),
      element('code', { class: 'digest__full' }, inGroups(seal.keyFingerprint)),
    ])
    if (seal.claimedAt) rows.push([t('verifyPage.claimedAt'), instantText(new Date(seal.claimedAt), lang)])
    if (seal.timestampedAt)
      rows.push([t('verifyPage.timestampedAt'), instantText(new Date(seal.timestampedAt), lang)])
  }
  if (digest)
    rows.push([t('verifyPage.dataDigest'), element('code', { class: 'digest__full' }, inGroups(digest))])
  if (log)
    rows.push([t('verifyPage.log'), t('verifyPage.logPlace', { origin: log.origin, index: log.index })])
  rows.push([t('verifyPage.checkedAt'), instantText(shown.checkedAt, lang)])
  rows.push([
    t('verifyPage.checkedWith'),
    shown.isWithPastedKeys ? t('verifyPage.keysPasted') : t('verifyPage.keysOwn'),
  ])
  return part(
    t('verifyPage.sealed'),
    element(
      'dl',
      { class: 'definitions' },
      ...rows.map(([term, ...detail]) =>
        element('div', {}, element('dt', {}, term), element('dd', {}, ...detail)),
      ),
    ),
  )
}

/** Every fact, good or bad, with the place that was looked at. */
function factsPart({ facts }: PresentedVerdict, words: VerifierWords): HTMLElement {
  const good = facts.filter(fact => fact.ok).length
  const count = words.t('verifyPage.factsCount', { good, bad: facts.length - good })
  return part(words.t('verifyPage.allFacts'), fold(count, true, factList(facts, words)))
}

function factList(facts: PresentedVerdict['facts'], { t }: VerifierWords): HTMLElement {
  return element(
    'ul',
    { class: 'facts' },
    ...facts.map(fact =>
      element(
        'li',
        { class: 'fact', 'data-ok': String(fact.ok) },
        icon(fact.ok ? 'done' : 'stopped'),
        element(
          'div',
          {},
          element(
            'span',
            { class: 'visually-hidden' },
            fact.ok ? t('verifyPage.factGood') : t('verifyPage.factBad'),
          ),
          element('strong', {}, fact.name),
          element('span', { class: 'fact__text' }, fact.text),
          element('span', { class: 'fact__place' }, t('verifyPage.factPlace', { place: fact.where })),
        ),
      ),
    ),
  )
}
