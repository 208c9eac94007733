/** What every officers' page begins with: which community, who is asking, may they. Reads only. */

import { type Chart, type LedgerCommunity, readCommunity } from '#ledger/server'
import { type Action, type Actor, can, mayInvite } from '#people'
import { auditedPortal, requireActor } from '#people/server'
import { csrfField, currentPortal, type Portal, pressedIn } from '#platform'
import type { NamedChart, OfficeFrame } from '#ui/office'
import { actionPressed } from './act-name.ts'

export interface OfficeVisit {
  readonly portal: Portal
  readonly community: LedgerCommunity
  readonly actor: Actor
  readonly frame: OfficeFrame
  /** By which permission the form acts, once it is known. */
  readonly acting: { action: Action }
}

/**
 * The visit of a page or an action. Throws 404 for no such community, a redirect to the sign-in for nobody, 403 for
 * somebody else's work: so no loader and no action of an office comes past it.
 */
export async function enterOffice(
  request: Request,
  slug: string | undefined,
  action: Action = 'community:read-full',
): Promise<OfficeVisit> {
  const portal = currentPortal()
  const community = await readCommunity(portal.db, slug ?? '')
  if (community === null) throw new Response(null, { status: 404 })
  const actor = await requireActor(portal, request, action, community.communityId)
  const frame = frameOf(portal, request, community, actor)
  const acting = { action }
  if (request.method !== 'POST') return { portal, community, actor, frame, acting }
  // Whatever a room writes for a form leaves its trace in the same transaction, whichever room it is.
  const audited = auditedPortal(portal, actor, () => {
    const pressed = pressedIn(request)
    return {
      communityId: community.communityId,
      action: actionPressed(acting.action, pressed),
      subject: new URL(request.url).pathname.replace(/^\/c\/[^/]+\/office\/?/, '').replace(/\.data$/, ''),
      pressed,
    }
  })
  return { portal: audited, community, actor, frame, acting }
}

/** For a form with several acts: 403 when the one that was pressed is somebody else's work. */
export function requireAct(visit: OfficeVisit, action: Action): void {
  if (!can(visit.actor, action, visit.community.communityId)) throw new Response(null, { status: 403 })
  visit.acting.action = action
}

function frameOf(portal: Portal, request: Request, community: LedgerCommunity, actor: Actor): OfficeFrame {
  const may = (action: Action) => can(actor, action, community.communityId)
  return {
    slug: community.slug,
    name: community.name,
    nameEn: community.nameEn,
    displayName: actor.displayName,
    csrf: csrfField(request, portal.settings),
    may: {
      import: may('bank-statement:import'),
      explain: may('bank-line:explain'),
      teach: may('matching-rule:teach'),
      draft: may('voucher:draft'),
      review: may('voucher:review'),
      reverse: may('voucher:reverse'),
      close: may('period:close'),
      issue: may('statement:issue'),
      roll: may('roll:read'),
      importRoll: may('roll:import'),
      inviteOwners: mayInvite(actor, 'owner', community.communityId),
      askCodes: may('owner-code:request'),
      audit: may('audit:read'),
      erasePersons: may('person:erase'),
      setRetention: may('retention:set'),
      letters: may('letter:hand-over'),
      printLetters: may('letter:print'),
      chooseProof: may('claim-proof:choose'),
      readBooks: may('community:read-full'),
      readPolls: may('poll:read'),
      pollDraft: may('poll:draft'),
      pollAnnounce: may('poll:announce'),
      deliver: may('ballot:deliver'),
      enter: may('ballot:enter'),
      proxy: may('proxy:register'),
      pollClose: may('poll:close'),
      certify: may('certificate:issue'),
      signOff: may('tally:sign-off'),
      witness: may('tally:witness'),
      answer: may('objection:answer'),
      council: may('council:read'),
      councilKeep: may('council:keep'),
      councilSit: may('council:sit'),
      voice: may('voice:read'),
      handleRequests: may('request:handle'),
      arrangeVoice: may('voice:arrange'),
      arrangeProjects: may('project:arrange'),
    },
    onEmbeddedDatabase: portal.databaseKind === 'embedded' && portal.settings.production,
  }
}

/** The chart as pages show it: names and last digits, never the keyed hash of an account number. */
export function namedChart({ accounts, funds, bankAccounts }: Chart): NamedChart {
  return {
    accounts,
    funds,
    bankAccounts: bankAccounts.map(({ accountCode, fund, bankName, numberLast4 }) => ({
      accountCode,
      fund,
      bankName,
      numberLast4,
    })),
  }
}
