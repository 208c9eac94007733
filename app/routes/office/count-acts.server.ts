/** The acts on a count: seal, sign, post. Each asks first whether it is this person's work. */
import type { Lang } from '#i18n'
import type { FieldError } from '#ui'
import { SIGNERS } from '#ui/desk'
import { recordPosting, sealPoll, signOffTally } from '#votes/server'
import { type Entered, textOf } from './entered.ts'
import { pollStatus, postingErrors, sealErrors, signOffErrors } from './poll-refusals.ts'
import { type OfficeVisit, requireAct } from './visit.server.ts'

interface Refused {
  readonly status: number
  readonly errors: readonly FieldError[]
}

/** Does what the pressed button says; null when it was done, 400 for no act of ours. */
export async function countActs(
  visit: OfficeVisit,
  pollId: string,
  form: Entered,
  lang: Lang,
): Promise<Refused | null> {
  const intent = textOf(form, 'intent')
  if (intent === 'seal') return seal(visit, pollId, form, lang)
  if (intent === 'sign') return sign(visit, pollId, form, lang)
  if (intent === 'post') return post(visit, pollId, form, lang)
  throw new Response(null, { status: 400 })
}

async function seal(visit: OfficeVisit, pollId: string, form: Entered, lang: Lang): Promise<Refused | null> {
  requireAct(visit, 'poll:close')
  const { portal, actor, community } = visit
  const refusesPending = textOf(form, 'refusesPending') === 'yes'
  const sealed = await sealPoll(portal, actor, community, { pollId, refusesPending })
  return sealed.ok ? null : { status: pollStatus(sealed.error), errors: sealErrors(sealed.error, { lang }) }
}

async function sign(visit: OfficeVisit, pollId: string, form: Entered, lang: Lang): Promise<Refused | null> {
  const step = SIGNERS.find(each => each === textOf(form, 'step'))
  if (step === undefined) throw new Response(null, { status: 400 })
  requireAct(visit, step === 'party-branch' ? 'tally:witness' : 'tally:sign-off')
  const { portal, actor, community } = visit
  const request = { pollId, step, seenDigest: textOf(form, 'seen') }
  const signed = await signOffTally(portal, actor, community, request)
  return signed.ok
    ? null
    : { status: pollStatus(signed.error), errors: signOffErrors(signed.error, { lang }) }
}

async function post(visit: OfficeVisit, pollId: string, form: Entered, lang: Lang): Promise<Refused | null> {
  requireAct(visit, 'poll:close')
  const { portal, actor, community } = visit
  const posted = await recordPosting(portal, actor, community, { pollId, place: textOf(form, 'place') })
  return posted.ok
    ? null
    : { status: pollStatus(posted.error), errors: postingErrors(posted.error, { lang }) }
}
