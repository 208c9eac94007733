/**
 * What the votes room knows of a counted poll, put into the words of its certificate. It decides nothing: figures are the
 * engine's, groups are the board's, and what a person typed is only freed of characters that cannot be printed.
 */
import type { Tx } from '#db'
import { findBoard, listPollUnits } from '#db/votes'
import { assert } from '#kernel'
import type { LedgerCommunity } from '#ledger/server'
import { readDisplayNames } from '#people/server'
import { type BoardQuestion, type Figures, NONE_OF_THEM, parseBoard, REASONS } from '#votes'
import { readCertificateSource } from '#votes/server'
import {
  type CountedReason,
  type OtherChoice,
  type QuestionSource,
  REFUSED_ONLY,
} from './certified-question.ts'
import type { Group, Pile } from './small-group.ts'
import { type CertificateSource, SIGN_OFF_STEPS } from './tally-certificate.ts'

/** The certificate's source but for what the certificate itself adds. */
export type CountedPoll = Omit<
  CertificateSource,
  'community' | 'version' | 'supersedes' | 'issuedAt' | 'minutes'
>

type Counted = NonNullable<Awaited<ReturnType<typeof readCertificateSource>>>
type CountedQuestion = Counted['result']['questions'][number]

/** Reads a counted poll in the transaction's view; null for no such poll and for one that is not counted yet. */
export async function readCountedPoll(
  tx: Tx,
  community: LedgerCommunity,
  pollId: string,
): Promise<CountedPoll | null> {
  const counted = await readCertificateSource(tx, community, pollId)
  if (counted === null) return null
  const { result, digests, leaves } = counted
  const { motion, imported } = result
  const units = await listPollUnits(tx, community.communityId, pollId)
  const names = await readDisplayNames(
    tx,
    counted.signers.map(({ userId }) => userId),
  )
  const board = await readBoard(tx, community.communityId, pollId)
  return {
    poll: pollId,
    title: printable(motion.title),
    official: officialOf(counted),
    course: {
      noticeAt: counted.announcedAt,
      opensAt: counted.opensAt,
      closesAt: counted.closesAt,
      extensions: counted.extensions,
      sealedAt: counted.sealedAt,
      countedAt: result.countedAt,
      postBy: counted.deadlines.postedBy,
      objectionsUntil: counted.deadlines.objectionsUntil,
    },
    policy: result.policy,
    rulesVersion: result.rulesVersion === null ? null : printable(result.rulesVersion),
    questions: result.questions.map(question =>
      imported === null
        ? countedHere(question, board.get(question.question.questionId))
        : takenOver(question),
    ),
    election: motion.election,
    turnout: counted.ballotsByChannel,
    refused: reasonsOf(counted.refusedPapers),
    delivery: {
      unitCount: units.filter(unit => unit.in_base).length,
      deliveredCount: counted.deliveredUnits,
    },
    objections: counted.objections,
    leaves: { notice: leaves.notice, seal: leaves.seal, tallies: leaves.tallies },
    digests: {
      motion: digests.motion,
      roll: digests.roll,
      weightRoll: digests.weights,
      ballots: digests.seal,
      board: digests.board,
      tally: result.digest,
    },
    // In the order of the steps, whoever was first.
    signOffs: SIGN_OFF_STEPS.flatMap(step =>
      counted.signers
        .filter(signer => signer.step === step)
        .map(({ userId, at }) => ({
          step,
          name: printable(names.get(userId) ?? userId),
          at,
          digest: result.digest,
        })),
    ),
  }
}

async function readBoard(
  tx: Tx,
  communityId: number,
  pollId: string,
): Promise<ReadonlyMap<string, BoardQuestion>> {
  const stored = await findBoard(tx, communityId, pollId)
  if (stored === undefined) return new Map()
  const board = parseBoard(stored.bytes)
  assert(board.ok, `the board of ${pollId} cannot be read`)
  return new Map(board.value.questions.map(question => [question.questionId, question]))
}

function officialOf({ result: { motion, imported } }: Counted): CertificateSource['official'] {
  const system = motion.officialSystem === null ? null : printable(motion.officialSystem)
  if (imported !== null) {
    return {
      voting: 'import',
      system: printable(imported.system),
      documentSha256: imported.documentSha256,
    }
  }
  const voting = motion.officialVoting === 'on' ? 'on' : 'advisory'
  return { voting, system: voting === 'on' ? null : system, documentSha256: null }
}

function headOf(
  question: CountedQuestion,
): Pick<QuestionSource, 'id' | 'title' | 'text' | 'matter' | 'tally'> {
  const { questionId, title, text, matter } = question.question
  const { scope } = matter
  return {
    id: questionId,
    title: printable(title),
    text: printableLines(text),
    matter: {
      ...matter,
      scope: scope && {
        buildings: scope.buildings.map(printable),
        entrances: scope.entrances.map(({ building, entrance }) => ({
          building: printable(building),
          entrance: printable(entrance),
        })),
      },
    },
    tally: question.digest,
  }
}

function countedHere(question: CountedQuestion, board: BoardQuestion | undefined): QuestionSource {
  const { figures, clause, plans, none, question: asked } = question
  const isPlans = asked.form === 'plans'
  const labels = new Map(asked.plans.map(plan => [plan.id, plan.label]))
  const piles: Readonly<Record<OtherChoice, Pile>> = {
    AGAINST: figures.against,
    ABSTAIN: figures.abstain,
    [NONE_OF_THEM]: none ?? { area: 0n, heads: 0n },
  }
  const choices: readonly OtherChoice[] = isPlans ? [NONE_OF_THEM, 'ABSTAIN'] : ['AGAINST', 'ABSTAIN']
  return {
    ...headOf(question),
    form: asked.form,
    total: { ...pileOf(figures.total), units: board === undefined ? null : BigInt(board.base.units) },
    options: isPlans
      ? plans.map(({ plan, inFavour }) => ({
          choice: plan,
          label: printable(labels.get(plan) ?? plan),
          inFavour: pileOf(inFavour),
        }))
      : [{ choice: 'FOR', label: null, inFavour: pileOf(figures.inFavour) }],
    others: groupsAsOnBoard(choices, piles, board),
    ...(clause && !isPlans
      ? {
          clause: {
            majority: clause.majority,
            silent: { area: clause.silentArea, heads: clause.silentHeads },
          },
        }
      : {}),
    excluded: reasonsOf(question.excludedByReason),
  }
}

/** The same choices stand together as on the public board; the certificate may merge more, never fewer. */
function groupsAsOnBoard(
  choices: readonly OtherChoice[],
  piles: Readonly<Record<OtherChoice, Pile>>,
  board: BoardQuestion | undefined,
): readonly Group<OtherChoice>[] {
  const groups = (board?.groups ?? []).map(({ choices: of, units }) => ({
    of: choices.filter(choice => of.includes(choice)),
    // With those in favour among them, how many units these are is not known.
    units: of.every(choice => (choices as readonly string[]).includes(choice)) ? BigInt(units) : null,
  }))
  const known = groups.filter(({ of }) => of.length > 0)
  const left = choices.filter(choice => !known.some(({ of }) => of.includes(choice)))
  return [...known, ...left.map(choice => ({ of: [choice], units: null }))]
    .sort((a, b) => choices.indexOf(a.of[0]!) - choices.indexOf(b.of[0]!))
    .map(({ of, units }) => ({
      of,
      units,
      area: of.reduce((sum, choice) => sum + piles[choice].area, 0n),
      heads: of.reduce((sum, choice) => sum + piles[choice].heads, 0n),
    }))
}

/** Another system's figures: who did not agree is known only together, and its plans only as that system adopted them. */
function takenOver(question: CountedQuestion): QuestionSource {
  const { total, participating, inFavour }: Figures = question.figures
  return {
    ...headOf(question),
    form: question.question.form === 'candidate' ? 'candidate' : 'plain',
    total: { ...pileOf(total), units: null },
    options: [{ choice: 'FOR', label: null, inFavour: pileOf(inFavour) }],
    others: [
      {
        of: ['AGAINST', 'ABSTAIN'],
        units: null,
        area: participating.area - inFavour.area,
        heads: participating.heads - inFavour.heads,
      },
    ],
    excluded: [],
  }
}

function pileOf({ area, heads }: Pile): Pile {
  return { area, heads }
}

function reasonsOf(byReason: { readonly [reason: string]: number | undefined }): readonly CountedReason[] {
  const reasons: readonly CountedReason['reason'][] = [...REASONS, REFUSED_ONLY]
  return reasons
    .flatMap((reason): CountedReason[] => {
      const count = byReason[reason] ?? 0
      return count > 0 ? [{ reason, count }] : []
    })
    .sort((a, b) => (a.reason < b.reason ? -1 : 1))
}

/** One line as a certificate may hold it: composed, without control or invisible characters. */
/** A person's text without characters that no font prints, on one line. */
export function printable(text: string): string {
  return printableLines(text).replaceAll('\n', ' ')
}

/** The same with its lines. */
export function printableLines(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\r\n?|[\p{Zl}\p{Zp}]/gu, '\n')
    .replace(/\t/g, ' ')
    .replace(/(?!\n)[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}]/gu, '')
    .trim()
}
