/**
 * What a sealed document says, as plain lines: which document it is, then its figures. The words come from the caller. Not
 * whether it is true: that is the verdict's.
 */
import { areaCentiM2, type Fen, formatAreaM2, formatYuan } from '#kernel'
import type { CertifiedOption, CertifiedQuestion, MeasureText } from './certified-question.ts'
import type { SealedDocument } from './document-kind.ts'
import { type FundStatement, fenOf } from './fund-statement.ts'
import type { MinutesCopy } from './minutes-copy.ts'
import type { Receipt } from './receipt-shape.ts'
import type { TallyCertificate } from './tally-certificate.ts'

/** Looks a text of the area `verify` up (`verdict.valid`, `seal.missing`, ...) and fills it in. */
export type SayVerdict = (key: string, values?: Readonly<Record<string, string>>) => string

/** The lines of a document; the first names it. */
export function documentLines(document: SealedDocument, id: string, say: SayVerdict): readonly string[] {
  switch (document.kind) {
    case 'fund-statement':
      return statementLines(document.model, id, say)
    case 'tally-certificate':
      return certificateLines(document.model, id, say)
    case 'minutes-copy':
      return minutesLines(document.model, id, say)
  }
}

/** The lines of a receipt: which ballot it is of, then what it says, question by question. */
export function receiptLines(receipt: Receipt, say: SayVerdict): readonly string[] {
  const { community, poll, seq, unit, answers } = receipt
  const named = say('receiptOf', { community, poll, seq: String(seq), unit })
  if (answers === 'WITHDRAW') return [named, say('receiptWithdraws')]
  return [
    named,
    ...answers.split(';').map(answer => {
      const [question = '', choice = ''] = answer.split('=')
      return say('receiptAnswer', { question, choice: choiceText(choice, say) })
    }),
  ]
}

function choiceText(choice: string, say: SayVerdict): string {
  return CHOICES_WITH_WORDS.includes(choice) ? say(`choice.${choice}`) : choice
}

/** Choices that every poll knows; a plan is named by its own letters. */
const CHOICES_WITH_WORDS = ['FOR', 'AGAINST', 'ABSTAIN', 'NONE', 'BLANK', 'OVERVOTE']

function statementLines(statement: FundStatement, id: string, say: SayVerdict): readonly string[] {
  const { community, period, version, total } = statement
  const yuan = (amount: string): string => formatYuan(fenOf(amount) as Fen)
  const { openingFen, inFen, outFen, closingFen } = total.month
  return [
    say('statement', { community: community.name, period, version: String(version), id }),
    say('statementFigures', {
      opening: yuan(openingFen),
      in: yuan(inFen),
      out: yuan(outFen),
      closing: yuan(closingFen),
    }),
  ]
}

/** Title, then each topic with what came of it, then who signed. */
function minutesLines(copy: MinutesCopy, id: string, say: SayVerdict): readonly string[] {
  const { community, minutes, version, signOffs } = copy
  const nameOf = (seat: string) => minutes.seats.find(each => each.seat === seat)?.organisation ?? seat
  const agreeing = signOffs.filter(({ stance }) => stance === 'agrees').map(({ seat }) => nameOf(seat))
  return [
    say('minutes', { community: community.name, title: minutes.title, version: String(version), id }),
    say('minutesWorth'),
    ...minutes.items.map(({ title, conclusion }) => say('minutesItem', { title, conclusion })),
    say('minutesSigned', { names: agreeing.join(say('vote.listGap')) }),
  ]
}

function certificateLines(certificate: TallyCertificate, id: string, say: SayVerdict): readonly string[] {
  const { community, title, version, official, questions, election } = certificate
  const titleOf = (questionId: string) =>
    questions.find(question => question.id === questionId)?.title ?? questionId
  const names = (ids: readonly string[]) => ids.map(titleOf).join(say('vote.listGap'))
  return [
    say('certificate', { community: community.name, title, version: String(version), id }),
    ...(official.voting === 'on'
      ? []
      : [say(`vote.official.${official.voting}`, { system: official.system ?? '' })]),
    ...questions.flatMap(question => questionLines(question, say)),
    ...(election === null
      ? []
      : [
          say('vote.elected', {
            names: election.elected.length === 0 ? say('vote.nobody') : names(election.elected),
            vacant: String(election.vacantSeats),
          }),
        ]),
    ...(election === null || election.tied.length === 0
      ? []
      : [say('vote.tied', { names: names(election.tied) })]),
  ]
}

function questionLines(question: CertifiedQuestion, say: SayVerdict): readonly string[] {
  const { title, total, participating, options } = question
  return options.flatMap(option => [
    option.label === null ? title : say('vote.plan', { title, plan: option.label }),
    say('vote.figures', {
      total: measureText(total, say),
      participating: measureText(participating, say),
      inFavour: measureText(option.inFavour, say),
    }),
    sentence(option, say),
    ...(option.clause ? [say('vote.clause', { sentence: sentence(option.clause, say) })] : []),
  ])
}

function measureText({ area, heads }: MeasureText, say: SayVerdict): string {
  return say('vote.measure', { area: formatAreaM2(areaCentiM2(BigInt(area))), heads })
}

function sentence(
  { verdict, outcome }: Pick<CertifiedOption, 'verdict' | 'outcome'>,
  say: SayVerdict,
): string {
  const gates = verdict.map(({ gate, by, percent, sign, mark, isMet }) =>
    say(`vote.gate.${gate}.${by}`, { percent, sign, mark, met: say(isMet ? 'good' : 'bad') }),
  )
  return say('vote.verdict', {
    gates: gates.join(say('vote.gateGap')),
    outcome: say(`vote.outcome.${outcome}`),
  })
}
