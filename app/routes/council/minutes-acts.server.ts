/** The acts of the minutes' page: each asks for its own permission, then its use case. */
import {
  answerCorrection,
  circulateMinutes,
  publishMinutes,
  requestCorrection,
  signOffMinutes,
} from '#council/server'
import { ok } from '#kernel'
import { requestMinutesCopy } from '#statements/server'
import { factorIn } from '../account/factor-form.ts'
import { bytesOf, type Entered, filesOf, textOf } from '../office/entered.ts'
import { type OfficeVisit, requireAct } from '../office/visit.server.ts'

const numberIn = (form: Entered, name: string) => Number.parseInt(textOf(form, name), 10) || 0

async function sign({ portal, actor, community }: OfficeVisit, meetingId: string, form: Entered) {
  const [file] = filesOf(form, 'file').filter(each => each.size > 0)
  return signOffMinutes(portal, actor, community, {
    meetingId,
    version: numberIn(form, 'version'),
    seat: textOf(form, 'seat'),
    seenDigest: textOf(form, 'seen'),
    stance: textOf(form, 'stance') === 'refuses' ? 'refuses' : 'agrees',
    reason: textOf(form, 'reason'),
    factor: factorIn(form),
    scan: file === undefined ? null : await bytesOf(file),
  })
}

/** Publishes, and asks for the sealed copy; should that be lost, the page's own button asks again. */
async function publish({ portal, actor, community }: OfficeVisit, meetingId: string, form: Entered) {
  const published = await publishMinutes(portal, actor, community, {
    meetingId,
    version: numberIn(form, 'version'),
    seenDigest: textOf(form, 'seen'),
  })
  if (published.ok) await requestMinutesCopy(portal, actor, community, meetingId)
  return published
}

/** Does what the form's button says; 403 for somebody else's work, 400 for no act of this page. */
export async function minutesAct(visit: OfficeVisit, meetingId: string, form: Entered) {
  const { portal, actor, community } = visit
  switch (textOf(form, 'intent')) {
    case 'circulate':
      requireAct(visit, 'council:keep')
      return circulateMinutes(portal, actor, community, { meetingId, reason: textOf(form, 'reason') })
    case 'correct':
      requireAct(visit, 'council:sit')
      return requestCorrection(portal, actor, community, {
        meetingId,
        version: numberIn(form, 'version'),
        item: 0,
        seat: textOf(form, 'seat'),
        text: textOf(form, 'correction'),
      })
    case 'answer':
      requireAct(visit, 'council:keep')
      return answerCorrection(portal, actor, community, {
        meetingId,
        no: numberIn(form, 'correction'),
        isAccepted: textOf(form, 'isAccepted') === 'yes',
        answer: textOf(form, 'answer'),
      })
    case 'sign':
      requireAct(visit, 'council:sit')
      return sign(visit, meetingId, form)
    case 'publish':
      requireAct(visit, 'council:keep')
      return publish(visit, meetingId, form)
    case 'copy': {
      requireAct(visit, 'council:keep')
      await requestMinutesCopy(portal, actor, community, meetingId)
      return ok(null)
    }
    default:
      throw new Response(null, { status: 400 })
  }
}
