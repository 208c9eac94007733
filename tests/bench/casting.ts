/**
 * Casting a ballot with its leaf, its receipt and the household's notice: through the use case against one bare INSERT of the
 * same database, and through the server as a signed-in owner's form without scripts against plain node:http that answers the
 * same form. Afterwards nothing is lost and every receipt proves itself.
 */
import { type CanonicalValue, canonicalBytes } from '#kernel'
import { csrfField, sessionCookie, tokenDigest } from '#platform'
import { checkReceipt } from '#statements'
import { formatVkey } from '#tlog'
import { openLogSigner, openPublisher, publishCheckpoint } from '#tlog/server'
import { checkVotes, readReceipt } from '#votes/server'
import { unit } from '../votes/polls.ts'
import { CLOSES, cast, DRAFTED, must, open, openVillage, type Village } from '../votes/village.ts'
import { type Comparison, eachOf, timeInTurns, timeTogether } from './measure.ts'
import { type Answered, type Asked, servePages } from './pages.ts'
import type { BenchWorld } from './world.ts'

const UNITS = 1_500
const BALLOTS = 200
const CALLERS = 32
/** Turns of forms sent, one of them to warm up, and forms in each. */
const TURNS = 4
const FORMS = 150

export async function benchCasting({ portal, gatherStatistics }: BenchWorld): Promise<Comparison[]> {
  portal.clock.moveTo(DRAFTED)
  const units = Array.from({ length: UNITS }, (_, index) =>
    unit(`V${index}`, { building: String(index % 20) }),
  )
  const village = await openVillage(portal, units, { slug: 'bench-votes' })
  const pollId = await open(village)
  const voters: string[] = []
  const nextVoter = () => {
    const name = `V${voters.length}`
    voters.push(name)
    return name
  }
  const comparisons = [
    ...(await castThroughUseCase(village, pollId, nextVoter)),
    await castThroughServer(village, pollId, nextVoter, gatherStatistics),
  ]
  await expectNothingLost(village, pollId, voters)
  return comparisons
}

async function castThroughUseCase(
  village: Village,
  pollId: string,
  nextVoter: () => string,
): Promise<Comparison[]> {
  const vote = async () => {
    const name = nextVoter()
    must(await cast(village, pollId, `P-${name}`, name, 'FOR'))
  }
  const insert = (index: number) =>
    village.portal.db
      .insertInto('audit_event')
      .values({
        community_id: village.community.communityId,
        audit_event_id: `cast-${index}`,
        at: CLOSES,
        actor_user_id: 'bench',
        act: 'bench',
        subject: 'bench',
        detail: '{}',
      })
      .execute()
  const one = await timeInTurns(BALLOTS, vote, insert)
  const together = await timeInTurns(
    3,
    () => timeTogether(BALLOTS / 2, CALLERS, vote),
    turn => timeTogether(BALLOTS / 2, CALLERS, index => insert((turn + 1) * 10_000 + index)),
    1,
  ).then(turns => eachOf(turns, BALLOTS / 2))
  return [
    { name: 'casting a ballot', ...one, bare: 'one INSERT', timesAtMost: 25 },
    {
      name: `casting by ${CALLERS} at once`,
      ...together,
      bare: 'as many INSERTs',
      timesAtMost: 30,
      note: `${Math.trunc(1000 / together.oursMs)} a second`,
    },
  ]
}

/** The form of an owner's summary screen, as the browser sends it with the session's cookie and token. */
async function formOf({ portal, community }: Village, pollId: string, unitId: string): Promise<Asked> {
  const token = Buffer.from(portal.random.bytes(32)).toString('base64url')
  const now = portal.clock.now()
  const user_id = `user-of-P-${unitId}`
  await portal.db
    .insertInto('office_term')
    .values({
      community_id: community.communityId,
      user_id,
      role: 'owner',
      term_from: '2020-01-01',
      term_until: null,
      granted_by: 'console',
      granted_at: now,
    })
    .execute()
  await portal.db
    .insertInto('user_session')
    .values({
      session_id: portal.random.id(),
      token_digest: tokenDigest(token),
      user_id,
      started_at: now,
      seen_at: now,
      expires_at: new Date(now.getTime() + 3_600_000),
    })
    .execute()
  const Cookie = sessionCookie(portal.settings, token).split(';')[0]!
  const csrf = csrfField(new Request(portal.settings.baseUrl, { headers: { Cookie } }), portal.settings)
  const body = new URLSearchParams([
    [csrf.name, csrf.value],
    ['at', 'summary'],
    ['answer-q1', 'AGAINST'],
    ['since', '0'],
    ['go', 'submit'],
  ]).toString()
  return {
    path: `/c/${community.slug}/votes/${pollId}/cast`,
    headers: {
      Cookie,
      'Content-Type': 'application/x-www-form-urlencoded',
      'Content-Length': String(body.length),
      'Sec-Fetch-Site': 'same-origin',
    },
    body,
  }
}

async function castThroughServer(
  village: Village,
  pollId: string,
  nextVoter: () => string,
  gatherStatistics: () => Promise<void>,
): Promise<Comparison> {
  const forms: Asked[] = []
  for (let i = 0; i <= TURNS * FORMS; i++) forms.push(await formOf(village, pollId, nextVoter()))
  await gatherStatistics()
  const pages = await servePages(village.portal, CALLERS)
  const recorded = ({ status, headers }: Answered) => {
    if (status !== 303 || !/submitted=\d/.test(String(headers.location)))
      throw new Error(`not cast: ${status}`)
  }
  try {
    const [first, ...others] = forms as [Asked, ...Asked[]]
    const answer = await pages.ours(first)
    recorded(answer)
    const bare = await pages.plainly(answer)
    const times = await timeInTurns(
      TURNS - 1,
      turn =>
        timeTogether(FORMS, CALLERS, async index =>
          recorded(await pages.ours(others[turn * FORMS + index]!)),
        ),
      () => timeTogether(FORMS, CALLERS, async () => recorded(await bare(first))),
      1,
    ).then(turns => eachOf(turns, FORMS))
    return {
      name: `casting through the server by ${CALLERS} at once`,
      ...times,
      bare: 'plain node:http',
      timesAtMost: 25,
      note: `${Math.trunc(1000 / times.oursMs)} a second`,
    }
  } finally {
    await pages.close()
  }
}

/** Every ballot is stored, sound in all invariants, and opened by a receipt that needs no server. */
async function expectNothingLost(village: Village, pollId: string, voters: readonly string[]): Promise<void> {
  const { portal, community } = village
  must(await publishCheckpoint(openPublisher(portal), community.communityId))
  const vkeys = [formatVkey((await openLogSigner(portal, community.logOrigin)).key)]
  const stored = await portal.db
    .selectFrom('poll_ballot')
    .select(['seq', 'unit_id'])
    .where('poll_id', '=', pollId)
    .execute()
  const seqs = new Map(stored.map(row => [row.unit_id, row.seq]))
  for (const name of voters) {
    const seq = seqs.get(name)
    const owner = village.owner(`P-${name}`)
    const receipt = seq === undefined ? null : await readReceipt(portal, owner, community, { pollId, seq })
    if (receipt === null) throw new Error(`the ballot of ${name} is lost`)
    const { verdict } = checkReceipt(canonicalBytes(receipt as unknown as CanonicalValue), vkeys)
    if (verdict !== 'valid') throw new Error(`the receipt of ${name} does not verify`)
  }
  if (stored.length !== voters.length) {
    throw new Error(`${stored.length} ballots of ${voters.length} submissions`)
  }
  const { findings } = await checkVotes(portal, community)
  if (findings.length > 0) throw new Error(`not sound: ${findings[0]!.invariant}`)
}
