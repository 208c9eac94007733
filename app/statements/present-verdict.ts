/**
 * Turns a report into plain lines, the same for the page, the command line and print. The words come from the caller;
 * here is only which of them, and in which order.
 */
import { fingerprint, formatInstant } from '#kernel'
import type { Fact, VerifyReport } from './facts.ts'
import { documentLines, receiptLines, type SayVerdict } from './present-document.ts'
import type { Place } from './seal-in-pdf.ts'

/** One fact as a reader sees it. */
export interface PresentedFact {
  readonly ok: boolean
  readonly name: string
  readonly text: string
  /** Where, in words; empty when the fact is good. */
  readonly place: string
  /** What was looked at, in words, whatever was found. */
  readonly where: string
}

export interface PresentedVerdict {
  readonly title: string
  readonly text: string
  /** What the file is and says, who sealed it and when, the fingerprints to compare. */
  readonly about: readonly string[]
  readonly facts: readonly PresentedFact[]
  readonly limits: readonly string[]
}

/** The report in words. */
export function presentVerdict(report: VerifyReport, say: SayVerdict): PresentedVerdict {
  return {
    title: say(`verdict.${report.verdict}`),
    text: say(
      report.kind === 'receipt' ? `verdict.${report.verdict}Receipt` : `verdict.${report.verdict}Text`,
    ),
    about: aboutLines(report, say),
    facts: report.facts.map(fact => ({
      ok: fact.ok,
      name: say(`fact.${fact.name}`),
      text: say(`${fact.name}.${fact.code}`, presentedDetail(fact)),
      place: fact.ok ? '' : placeText(fact.place, say),
      where: placeText(fact.place, say),
    })),
    limits: report.doesNotProve.map(code => say(`limit.${code}`)),
  }
}

/** The same as lines of text: for the command line, for print, for a screen reader. */
export function verdictLines(report: VerifyReport, say: SayVerdict): readonly string[] {
  const { title, text, about, facts, limits } = presentVerdict(report, say)
  return [
    title,
    text,
    ...about,
    '',
    ...facts.map(fact => {
      const mark = say(fact.ok ? 'good' : 'bad')
      const line = say('factLine', { mark, name: fact.name, text: fact.text })
      return fact.place === '' ? line : `${line}${say('place.line', { place: fact.place })}`
    }),
    '',
    say('limitsTitle'),
    ...limits.map(limit => `- ${limit}`),
  ]
}

function aboutLines(report: VerifyReport, say: SayVerdict): readonly string[] {
  const lines: string[] = []
  const { document, statementId, seal } = report
  if (document && statementId) {
    // What an invalid file says is repeated only with a warning in front of it.
    const said = (text: string) => (report.verdict === 'valid' ? text : say('statementUnproven', { text }))
    lines.push(...documentLines(document, statementId, say).map(said))
  }
  if (report.receipt) lines.push(...receiptLines(report.receipt, say))
  if (report.digest) lines.push(say('digest', { digest: report.digest }))
  if (!seal) return lines
  lines.push(say('signer', { subject: seal.subject }))
  lines.push(say('keyFingerprint', { fingerprint: fingerprint(seal.keyFingerprint) }))
  if (seal.authorityFingerprint) {
    // All of it: against a short form another key could be searched for.
    lines.push(
      say('authorityFingerprint', { fingerprint: seal.authorityFingerprint.replace(/(.{4})(?=.)/g, '$1 ') }),
    )
    lines.push(say('compareFingerprint'))
  }
  if (seal.claimedAt) lines.push(say('claimedAt', { when: instantText(seal.claimedAt) }))
  if (seal.timestampedAt) lines.push(say('timestampedAt', { when: instantText(seal.timestampedAt) }))
  return lines
}

function instantText(iso: string): string {
  return formatInstant(new Date(iso)).replace('T', ' ').replace('+08:00', '')
}

/** Instants in a fact's detail as people in Asia/Shanghai read them; everything else as it is. */
function presentedDetail(fact: Fact): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(fact.detail).map(([name, value]) => [
      name,
      /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(value) ? instantText(value) : value,
    ]),
  )
}

function placeText(place: Place, say: SayVerdict): string {
  const part = (() => {
    if (place.part === 'page')
      return place.page ? say('place.page', { page: String(place.page) }) : say('place.pages')
    if (place.part === 'attachment' && !place.name) return say('place.attachments')
    return say(`place.${place.part}`, { name: place.name ?? '' })
  })()
  return [
    part,
    ...(place.revision === undefined ? [] : [say('place.revision', { revision: String(place.revision) })]),
    ...(place.object === undefined ? [] : [say('place.object', { object: String(place.object) })]),
    ...(place.offset === undefined ? [] : [say('place.offset', { offset: String(place.offset) })]),
  ].join(say('place.separator'))
}
