/** The sealed copy of published minutes: issued through the council's doors, verified with public keys alone, and refused where it was touched. */
import { beforeAll, describe, expect, it } from 'vitest'
import { circulateMinutes, publishMinutes, recordAttendance } from '#council/server'
import { canonicalBytes, parseCanonical } from '#kernel'
import { runNextJob } from '#platform/process'
import { parseSearch, SEARCH_KINDS } from '#search'
import { indexCommunity, searchCommunity } from '#search/server'
import { documentLines, parseMinutesCopy, verifyStatement } from '#statements'
import {
  checkStatements,
  createStatementKeys,
  ISSUE_MINUTES,
  issueMinutesJob,
  openSigner,
  readMinutesCopies,
  readMinutesCopyFile,
  requestMinutesCopy,
} from '#statements/server'
import { formatVkey } from '#tlog'
import { createLogKey, openLogSigner } from '#tlog/server'
import { certificatePem } from '../../app/statements/create-sealing-keys.server.ts'
import {
  type CouncilWorld,
  callMeeting,
  HELD,
  must,
  openCouncilWorld,
  signOff,
  writeSections,
} from '../council/council-world.ts'
import { describeOnOneDatabase } from '../support/database.ts'
import { say } from './statement-world.ts'

const texts = { say, lang: 'zh-CN' }
const sayKey = (key: string, values: object = {}) => `${key} ${Object.values(values).join(' ')}`

describeOnOneDatabase('a copy of minutes', open => {
  let world: CouncilWorld
  let meetingId = ''
  let pdf = new Uint8Array()
  let model = new Uint8Array()
  const verify = async (bytes: Uint8Array) => {
    const { portal, community } = world
    const signer = await openSigner(portal)
    const log = await openLogSigner(portal, community.logOrigin)
    return verifyStatement(bytes, {
      trustAnchors: [certificatePem(signer.certificateChain.at(-1)!)],
      vkeys: [formatVkey(log.key)],
      now: portal.clock.now(),
    })
  }

  beforeAll(async () => {
    world = await openCouncilWorld(await open())
    const { portal, community, residents, seats } = world
    await createLogKey(portal)
    await createStatementKeys(portal, texts)
    meetingId = (await callMeeting(world)).meetingId
    await writeSections(world, meetingId)
    portal.clock.moveTo(new Date(HELD.getTime() + 7_200_000))
    const rows = Object.values(seats).map(seat => ({
      seat,
      presence: 'present' as const,
      interest: '',
      isRecused: false,
    }))
    await must(recordAttendance(portal, residents, community, { meetingId, revision: 0, seats: rows }))
    const sent = await must(circulateMinutes(portal, residents, community, { meetingId, reason: '' }))
    const text = { meetingId, version: sent.version, seenDigest: sent.digest }
    for (const who of ['branch', 'residents', 'chair', 'manager', 'lawyer'] as const) {
      await must(signOff(world, who, text))
    }
    expect(await requestMinutesCopy(portal, residents, community, meetingId)).toMatchObject({
      error: { code: 'minutes-not-published' },
    })
    await must(publishMinutes(portal, residents, community, text))
    await must(requestMinutesCopy(portal, residents, community, meetingId))
    while (await runNextJob(portal, { [ISSUE_MINUTES]: issueMinutesJob(texts) })) portal.clock.advance(1)
    const file = (await readMinutesCopyFile(portal, community, meetingId, null))!
    pdf = new Uint8Array(file.pdf!)
    model = new Uint8Array(file.model)
  })

  it('is sealed, logged and accepted by the verifier, which says what it is worth', async () => {
    const report = await verify(pdf)
    expect(report.facts.filter(fact => !fact.ok)).toEqual([])
    expect(report).toMatchObject({ verdict: 'valid', kind: 'minutes-copy' })
    expect(report.doesNotProve).toContain('minutes-are-what-was-said')
    const lines = documentLines(report.document!, report.statementId!, sayKey)
    expect(lines[0]).toContain('五月议事协商会')
    expect(lines.some(line => line.startsWith('minutesWorth'))).toBe(true)
    const { portal, community, manager } = world
    expect(await readMinutesCopies(portal, community, meetingId)).toMatchObject([
      { version: 1, issue: 1, file: { level: 'B-B' } },
    ])
    expect(await requestMinutesCopy(portal, manager, community, meetingId)).toMatchObject({
      error: { code: 'not-permitted' },
    })
    expect((await checkStatements(portal, community)).findings).toEqual([])
  })

  it('stands in a text that the search finds by what was asked and answered', async () => {
    const { portal, community } = world
    await indexCommunity(portal, community)
    const asked = { search: parseSearch('谁出钱')!, kinds: SEARCH_KINDS, after: null, limit: 5 }
    const { found } = await searchCommunity(portal, community, asked)
    expect(found.map(each => [each.kind, each.key])).toEqual([['minutes', meetingId]])
  })

  it('is refused when one byte of it is another', async () => {
    const touched = pdf.slice()
    touched[Math.floor(touched.length / 2)]! ^= 1
    expect((await verify(touched)).verdict).toBe('invalid')
  })

  describe('its data', () => {
    type Copy = Record<string, unknown> & {
      minutes: { items: { conclusion: string }[] }
      signOffs: { seat: string; stance: string; reason: string | null; digest: string }[]
    }
    const changed = (change: (copy: Copy) => void) => {
      const json = parseCanonical(model)
      if (!json.ok) throw new Error('the model is canonical')
      const copy = JSON.parse(JSON.stringify(json.value)) as Copy
      change(copy)
      const parsed = parseMinutesCopy(canonicalBytes(copy as never))
      return parsed.ok ? 'ok' : parsed.error.code
    }

    it('cannot say another word than was signed, nor hold a signature of nobody', () => {
      expect(changed(() => {})).toBe('ok')
      expect(
        changed(copy => {
          copy.minutes.items[0]!.conclusion = '同意动用全部维修资金'
        }),
      ).toBe('copy-disagrees')
      expect(
        changed(copy => {
          copy.signOffs[0]!.digest = 'a'.repeat(64)
        }),
      ).toBe('copy-disagrees')
      expect(
        changed(copy => {
          copy.signOffs[0]!.seat = copy.signOffs[1]!.seat
        }),
      ).toBe('copy-malformed')
      expect(
        changed(copy => {
          for (const signOff of copy.signOffs.slice(0, 3)) {
            signOff.stance = 'refuses'
            signOff.reason = '不同意'
          }
        }),
      ).toBe('copy-malformed')
      expect(
        changed(copy => {
          copy.version = 2
        }),
      ).toBe('copy-malformed')
      expect(
        changed(copy => {
          copy.extra = 'more'
        }),
      ).toBe('copy-malformed')
    })
  })
})
