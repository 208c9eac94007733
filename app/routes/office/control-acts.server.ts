/** What the forms on the page of rules do. A budget's vote is looked up here and handed to the ledger, when it is proposed and again when it is confirmed. */
import { err, type Result } from '#kernel'
import type { ControlRefusal } from '#ledger/server'
import {
  decideControlChange,
  proposeBudget,
  proposeControlChange,
  readChart,
  readControlChange,
  readControls,
  reviewEmergency,
} from '#ledger/server'
import { factorIn } from '../account/factor-form.ts'
import { budgetLinesIn, outsideBasisIn } from './budget-form.ts'
import { voteReference } from './budget-vote.server.ts'
import { type ControlFormProblem, controlChangeIn } from './controls-form.ts'
import { type Entered, textOf } from './entered.ts'
import { proposeFees } from './fee-acts.server.ts'
import type { FeeFormProblem } from './fee-form.ts'
import { type OfficeVisit, requireAct } from './visit.server.ts'

const DECISIONS = ['confirmed', 'refused', 'withdrawn'] as const

type Done = Result<unknown, ControlRefusal | ControlFormProblem | FeeFormProblem>

async function proposeBudgetIn({ portal, actor, community }: OfficeVisit, form: Entered): Promise<Done> {
  const { accounts } = await readChart(portal.db, community.communityId)
  const year = textOf(form, 'year')
  if (!/^20\d\d$/.test(year)) return err({ code: 'ceiling-unfit' })
  const fiscalYear = Number.parseInt(year, 10)
  const lines = budgetLinesIn(textOf(form, 'lines'), { fiscalYear, fund: textOf(form, 'fund'), accounts })
  if (!lines.ok) return lines
  const [poll = '', question = ''] = textOf(form, 'vote').split('/')
  const basis =
    poll === 'outside'
      ? outsideBasisIn(form)
      : { kind: 'vote' as const, vote: await voteReference(portal, community, poll, question) }
  const input = { fiscalYear, lines: lines.value, reason: textOf(form, 'reason'), basis }
  return proposeBudget(portal, actor, community, input)
}

async function propose(visit: OfficeVisit, form: Entered): Promise<Done> {
  const { portal, actor, community } = visit
  const kind = textOf(form, 'kind')
  if (kind === 'fee-standard') return proposeFees(visit, form)
  requireAct(visit, kind === 'add-account' ? 'chart:extend' : 'controls:propose')
  if (kind === 'adopt-budget') return proposeBudgetIn(visit, form)
  const { controls } = await readControls(portal.db, community)
  const change = controlChangeIn(form, controls)
  return change.ok ? proposeControlChange(portal, actor, community, change.value) : change
}

/** What the votes say now of the vote that a waiting budget names; null for every other change. */
async function voteOfChange({ portal, actor, community }: OfficeVisit, changeId: string) {
  const shown = await readControlChange(portal, actor, community, changeId)
  if (shown?.change.kind !== 'adopt-budget') return null
  const { basis } = shown.change.plan
  return basis.kind === 'vote' ? voteReference(portal, community, basis.poll, basis.question) : null
}

/** Does what was pressed. Throws 403 for somebody else's work, 400 for what no button says. */
export async function actOnControls(visit: OfficeVisit, form: Entered): Promise<Done> {
  const { portal, actor, community } = visit
  const intent = textOf(form, 'intent')
  if (intent === 'propose') return propose(visit, form)
  const changeId = textOf(form, 'change')
  if (intent === 'review') {
    const outcome = textOf(form, 'outcome') === 'disputed' ? 'disputed' : 'justified'
    return reviewEmergency(portal, actor, community, { changeId, outcome, note: textOf(form, 'note') })
  }
  const decision = DECISIONS.find(each => each === intent)
  if (decision === undefined) throw new Response(null, { status: 400 })
  const factor = factorIn(form) ?? undefined
  const vote = await voteOfChange(visit, changeId)
  const seenDigest = textOf(form, 'seen')
  return decideControlChange(portal, actor, community, { changeId, decision, seenDigest, factor, vote })
}
