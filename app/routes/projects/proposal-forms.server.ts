/** The forms of proposals, read and judged: files first, then the act; what was refused comes back with what was entered. */
import type { Lang } from '#i18n'
import type { LedgerCommunity } from '#ledger/server'
import type { Actor } from '#people'
import type { Portal } from '#platform'
import { type FormedAct, PROPOSAL_ACTS } from '#projects'
import { actOnProposal, proposeProject } from '#projects/server'
import type { EnteredProposal, EnteredProposalAct } from '#ui/projects'
import { attachCaseDocument } from '#voice/server'
import { bytesOf, type Entered, filesOf, textOf, textsOf } from '../office/entered.ts'
import { type ProjectRefusal, projectProblem, projectStatus } from './problems.ts'

interface Visit {
  readonly portal: Portal
  readonly actor: Actor
  readonly community: LedgerCommunity
}

/** Takes the uploaded files in, beside what earlier tries of the same form took; stops at the first that is refused. */
async function takeFiles({ portal, actor, community }: Visit, form: Entered) {
  const documents = textsOf(form, 'kept').filter(sha256 => /^[0-9a-f]{64}$/.test(sha256))
  for (const file of filesOf(form, 'documents')) {
    const kept = await attachCaseDocument(portal, actor, community, { bytes: await bytesOf(file) })
    if (!kept.ok) return { documents, refusal: kept.error }
    documents.push(kept.value.sha256)
  }
  return { documents: [...new Set(documents)], refusal: null }
}

/** Proposes; null as identifier with the form to be shown again. */
export async function proposeForm(
  visit: Visit,
  form: Entered,
  lang: Lang,
): Promise<
  | { readonly proposalId: string }
  | { readonly proposalId: null; readonly entered: EnteredProposal; readonly status: number }
> {
  const { portal, actor, community } = visit
  const { documents, refusal } = await takeFiles(visit, form)
  const entered = {
    round: textOf(form, 'round'),
    title: textOf(form, 'title'),
    text: textOf(form, 'text'),
    place: textOf(form, 'place'),
    wanted: textOf(form, 'wanted'),
    documents,
  }
  const refuse = (error: ProjectRefusal) => ({
    proposalId: null,
    status: projectStatus(error),
    entered: {
      ...entered,
      ...(error.code === 'text-private' ? error.redacted : {}),
      errors: [projectProblem(error, lang)],
      covered: error.code === 'text-private' ? error.found : [],
    },
  })
  if (refusal !== null) return refuse(refusal)
  const roundId = entered.round === '' ? null : entered.round
  const proposed = await proposeProject(portal, actor, community, { ...entered, roundId })
  return proposed.ok ? proposed.value : refuse(proposed.error)
}

function actIn(form: Entered): FormedAct | null {
  const named = PROPOSAL_ACTS.find(act => act === textOf(form, 'act'))
  return named === undefined || named === 'propose' || named === 'motion' ? null : named
}

/** Takes the act of a form; null when it was taken. Throws 400 for a form that names none. */
export async function takeProposalAct(
  visit: Visit,
  proposalId: string,
  form: Entered,
  lang: Lang,
): Promise<{ readonly entered: EnteredProposalAct; readonly status: number } | null> {
  const act = actIn(form)
  if (act === null) throw new Response(null, { status: 400 })
  const { documents, refusal } = await takeFiles(visit, form)
  const fields = {
    text: textOf(form, 'text'),
    amount: textOf(form, 'amount'),
    source: textOf(form, 'source'),
  }
  const refuse = (error: ProjectRefusal) => ({
    status: projectStatus(error),
    entered: {
      ...fields,
      act,
      documents,
      text: error.code === 'text-private' ? (error.redacted.text ?? '') : fields.text,
      errors: [projectProblem(error, lang, `${act}-`)],
      covered: error.code === 'text-private' ? error.found : [],
    },
  })
  if (refusal !== null) return refuse(refusal)
  const home = textOf(form, 'home')
  const done = await actOnProposal(visit.portal, visit.actor, visit.community, {
    proposalId,
    act,
    ...fields,
    documents,
    home,
  })
  return done.ok ? null : refuse(done.error)
}
