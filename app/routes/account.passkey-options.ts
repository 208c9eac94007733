/** /account/passkey-options: what the page's script has the device asked, for one purpose. Answers forms of a session's own pages, and the sign-in page before there is one. */
import type { ActionFunctionArgs } from '@remix-run/node'
import { z } from 'zod'
import { signOffPurpose } from '#council'
import { translate } from '#i18n'
import { releasePurpose, witnessPurpose } from '#ledger'
import { readCommunity } from '#ledger/server'
import { type Actor, SIGN_IN_PURPOSE } from '#people'
import {
  actorOf,
  mayChangeKeys,
  passkeyInvitation,
  passkeyQuestion,
  passwordlessQuestion,
  readOwnLogin,
} from '#people/server'
import { currentPortal, type Portal, readForm } from '#platform'

const Asked = z.discriminatedUnion('asks', [
  z.object({ asks: z.literal('passwordless') }),
  z.object({ asks: z.literal('sign-in') }),
  z.object({ asks: z.literal('register') }),
  z.object({
    asks: z.literal('release'),
    community: z.string().max(60),
    draft: z.string().max(60),
    step: z.string().max(40),
    seen: z.string().max(80),
  }),
  z.object({
    asks: z.literal('witness'),
    community: z.string().max(60),
    change: z.string().max(60),
    seen: z.string().max(80),
  }),
  z.object({
    asks: z.literal('minutes'),
    community: z.string().max(60),
    meeting: z.string().max(60),
    version: z.coerce.number().int(),
    seat: z.string().max(60),
    seen: z.string().max(80),
  }),
])

async function invite(portal: Portal, actor: Actor): Promise<object> {
  if (actor.awaits === 'second-factor' || !(await mayChangeKeys(portal, actor)))
    throw new Response(null, { status: 403 })
  return passkeyInvitation(portal, actor, {
    site: translate('zh-CN')('site.name'),
    login: await readOwnLogin(portal, actor),
    displayName: actor.displayName,
  })
}

/** The purpose of a release, a witness or a sign-off; whether the person may give it is judged with the act. */
async function purposeOf(portal: Portal, asked: z.infer<typeof Asked>): Promise<string> {
  if (!('community' in asked)) return SIGN_IN_PURPOSE
  const community = await readCommunity(portal.db, asked.community)
  if (community === null) throw new Response(null, { status: 404 })
  const { communityId } = community
  if (asked.asks === 'witness')
    return witnessPurpose({ communityId, changeId: asked.change, seenDigest: asked.seen })
  if (asked.asks === 'minutes') {
    const { meeting: meetingId, version, seat, seen: seenDigest } = asked
    return signOffPurpose({ communityId, meetingId, version, seat, seenDigest })
  }
  return releasePurpose({ communityId, draftId: asked.draft, step: asked.step, seenDigest: asked.seen })
}

export async function action({ request }: ActionFunctionArgs) {
  const portal = currentPortal()
  const actor = await actorOf(portal, request)
  const asked = await readForm(request, portal.settings, Asked)
  if (asked.ok && asked.value.asks === 'passwordless') return answer(await passwordlessQuestion(portal))
  if (actor === null) throw new Response(null, { status: 403 })
  if (!asked.ok) throw new Response(null, { status: 400 })
  const question =
    asked.value.asks === 'register'
      ? await invite(portal, actor)
      : await passkeyQuestion(portal, actor, await purposeOf(portal, asked.value))
  return answer(question)
}

function answer(question: object): Response {
  return Response.json(question, { headers: { 'Cache-Control': 'no-store' } })
}
