/** The council's pages: every office page and act asked by every office and by nobody, every form without its token; and what the public sees. */
import { beforeAll, describe, expect, it } from 'vitest'
import { enterSeat, openTopic, postNotice } from '#council/server'
import { type Action, officesFor } from '#people'
import * as council from '../../app/routes/c.$slug.council._index.tsx'
import * as meeting from '../../app/routes/c.$slug.council.meetings.$meeting._index.tsx'
import * as file from '../../app/routes/c.$slug.council.meetings.$meeting.$file.ts'
import * as calendar from '../../app/routes/c.$slug.council.meetings.$meeting.meeting[.]ics.ts'
import * as paper from '../../app/routes/c.$slug.council.meetings.$meeting.papers.$sha.ts'
import * as signIn from '../../app/routes/c.$slug.council.meetings.$meeting.sign-in.tsx'
import * as proof from '../../app/routes/c.$slug.council.proofs.$sha.ts'
import * as register from '../../app/routes/c.$slug.council.register.tsx'
import * as topic from '../../app/routes/c.$slug.council.topics.$topic.tsx'
import * as desk from '../../app/routes/c.$slug.office.council._index.tsx'
import * as actions from '../../app/routes/c.$slug.office.council.actions.tsx'
import * as meetingDesk from '../../app/routes/c.$slug.office.council.meetings.$meeting._index.tsx'
import * as attendance from '../../app/routes/c.$slug.office.council.meetings.$meeting.attendance.tsx'
import * as section from '../../app/routes/c.$slug.office.council.meetings.$meeting.items.$item._index.tsx'
import * as sectionSave from '../../app/routes/c.$slug.office.council.meetings.$meeting.items.$item.save.ts'
import * as minutes from '../../app/routes/c.$slug.office.council.meetings.$meeting.minutes.tsx'
import * as notice from '../../app/routes/c.$slug.office.council.meetings.$meeting.notice.tsx'
import * as record from '../../app/routes/c.$slug.office.council.meetings.$meeting.record._index.tsx'
import * as recordSave from '../../app/routes/c.$slug.office.council.meetings.$meeting.record.save.ts'
import * as newMeeting from '../../app/routes/c.$slug.office.council.meetings.new.tsx'
import * as seats from '../../app/routes/c.$slug.office.council.seats.tsx'
import * as topicDesk from '../../app/routes/c.$slug.office.council.topics.$topic.tsx'
import * as newTopic from '../../app/routes/c.$slug.office.council.topics.new.tsx'
import { noticeInput } from '../council/council-texts.ts'
import { must, PNG } from '../council/council-world.ts'
import { describeOnOneDatabase } from '../support/database.ts'
import { type Fields, type OfficeWorld, openOfficeWorld, type Route, WHO, type Who } from './office-world.ts'

const SHA = '0'.repeat(64)
const PAGES: readonly { readonly name: string; readonly route: Route; readonly needs: Action }[] = [
  { name: 'desk', route: desk.loader, needs: 'council:read' },
  { name: 'seats', route: seats.loader, needs: 'council:keep' },
  { name: 'new topic', route: newTopic.loader, needs: 'council:keep' },
  { name: 'a topic', route: topicDesk.loader, needs: 'council:read' },
  { name: 'new meeting', route: newMeeting.loader, needs: 'council:keep' },
  { name: 'a meeting', route: meetingDesk.loader, needs: 'council:read' },
  { name: 'a notice', route: notice.loader, needs: 'council:keep' },
  { name: 'attendance', route: attendance.loader, needs: 'council:keep' },
  { name: 'a section', route: section.loader, needs: 'council:keep' },
  { name: 'the raw record', route: record.loader, needs: 'council:keep' },
  { name: 'minutes', route: minutes.loader, needs: 'council:read' },
  { name: 'action items', route: actions.loader, needs: 'council:keep' },
]

const ACTS: readonly {
  readonly name: string
  readonly route: Route
  readonly needs: Action
  readonly fields: Fields
}[] = [
  { name: 'enter a seat', route: seats.action, needs: 'council:keep', fields: { intent: 'enter' } },
  { name: 'end a seat', route: seats.action, needs: 'council:keep', fields: { intent: 'end' } },
  { name: 'open a topic', route: newTopic.action, needs: 'council:keep', fields: {} },
  { name: 'follow a topic', route: topicDesk.action, needs: 'council:keep', fields: {} },
  { name: 'call a meeting', route: newMeeting.action, needs: 'council:keep', fields: {} },
  { name: 'revise a notice', route: notice.action, needs: 'council:keep', fields: { version: '9' } },
  { name: 'take attendance', route: attendance.action, needs: 'council:keep', fields: {} },
  { name: 'enter a sheet', route: attendance.action, needs: 'council:keep', fields: { intent: 'sheet' } },
  { name: 'write a section', route: section.action, needs: 'council:keep', fields: { clause: '99' } },
  { name: 'save a section', route: sectionSave.action, needs: 'council:keep', fields: { clause: '99' } },
  { name: 'save the record', route: recordSave.action, needs: 'council:keep', fields: { revision: '7' } },
  { name: 'write the record', route: record.action, needs: 'council:keep', fields: { revision: '7' } },
  { name: 'circulate', route: minutes.action, needs: 'council:keep', fields: { intent: 'circulate' } },
  { name: 'correct', route: minutes.action, needs: 'council:sit', fields: { intent: 'correct' } },
  { name: 'answer', route: minutes.action, needs: 'council:keep', fields: { intent: 'answer' } },
  { name: 'sign', route: minutes.action, needs: 'council:sit', fields: { intent: 'sign' } },
  { name: 'publish', route: minutes.action, needs: 'council:keep', fields: { intent: 'publish' } },
  { name: 'report', route: actions.action, needs: 'council:keep', fields: { intent: 'done', text: 'x' } },
]

function isAllowed(who: Who, action: Action): boolean {
  const role = who === 'reviewer' ? 'bookkeeper' : who
  return role !== 'nobody' && officesFor(action).includes(role)
}

describeOnOneDatabase('the council’s pages', open => {
  let world: OfficeWorld
  let params: Record<string, string> = {}

  beforeAll(async () => {
    world = await openOfficeWorld(await open())
    const { portal, community, people } = world
    const clerk = people.residents_committee
    await must(
      enterSeat(portal, clerk, community, {
        body: 'council',
        kind: 'other',
        organisation: '律师事务所',
        office: '律师',
        holderName: '钱律师',
        deputyName: '',
        userId: people.manager.userId,
        isVoting: true,
        termFrom: '2025-01-01',
        termUntil: '',
        contact: '13800138000',
      }),
    )
    const raised = { title: '路灯', summary: '<script>alert(1)</script>', source: 'request', reference: '' }
    const { topicId } = await must(openTopic(portal, clerk, community, raised))
    const input = noticeInput({
      kind: 'open-air',
      quorum: 'none',
      startsAt: new Date('2025-04-20T11:00:00Z'),
      endsAt: new Date('2025-04-20T12:00:00Z'),
    })
    const { meetingId } = await must(postNotice(portal, clerk, community, input))
    params = { topic: topicId, meeting: meetingId, item: '1', sha: SHA, file: 'minutes.pdf' }
  })

  describe.each(PAGES)('page $name', page => {
    it.each(WHO)('as %s', async who => {
      const answer = await world.get(page.route, '/council', who, params)
      if (who === 'nobody')
        expect([answer.status, answer.location]).toEqual([303, expect.stringMatching(/^\/sign-in/)])
      else expect(answer.status).toBe(isAllowed(who, page.needs) ? 200 : 403)
    })
  })

  describe.each(ACTS)('act $name', act => {
    it.each(WHO)('as %s', async who => {
      const answer = await world.post(act.route, '/council', who, act.fields, params)
      if (who === 'nobody') expect(answer.status).toBe(303)
      else if (isAllowed(who, act.needs)) expect([404, 409, 422]).toContain(answer.status)
      else expect(answer.status).toBe(403)
    })

    it('without the form’s token', async () => {
      const who = WHO.find(each => isAllowed(each, act.needs))!
      const answer = await world.post(act.route, '/council', who, act.fields, params, { withoutToken: true })
      expect(answer.status).toBe(403)
    })
  })

  it('two clerks: the second gets both texts, and what was typed is still there', async () => {
    const fields = { revision: '0', opinion: 'unanimous', conclusion: '换灯头', background: '线路已查' }
    const first = await world.post(section.action, '/council', 'committee_chair', fields, params)
    expect(first.status).toBe(303)
    const mine = { ...fields, conclusion: '换电缆' }
    const second = await world.post(section.action, '/council', 'residents_committee', mine, params)
    expect(second.status).toBe(409)
    expect(second.data).toMatchObject({
      revision: 1,
      entered: { conclusion: '换电缆' },
      theirs: { lines: ['线路已查', '换灯头'], savedBy: 'officer committee_chair' },
    })
  })

  it('a huge paste and a script are refused or kept as text', async () => {
    const huge = { revision: '1', background: '字'.repeat(300_000) }
    const answer = await world.post(section.action, '/council', 'committee_chair', huge, params)
    expect(answer.status).toBe(422)
    const page = await world.get(topic.loader, '', 'nobody', params)
    expect(page.data).toMatchObject({ topic: { summary: '<script>alert(1)</script>' } })
  })

  it('anybody reads council, topic, meeting and register, and finds no contact, account or resident in them', async () => {
    for (const route of [council.loader, topic.loader, meeting.loader, register.loader]) {
      const page = await world.get(route, '', 'nobody', params)
      expect(page.status).toBe(200)
      const text = JSON.stringify(page.data, (_, value) => (typeof value === 'bigint' ? `${value}` : value))
      expect(text).not.toContain('138001')
      expect(text).not.toContain(world.people.manager.userId)
    }
  })

  it('the calendar file is one, and files that nothing names are not there', async () => {
    const { data } = await world.get(calendar.loader, '', 'nobody', params)
    const response = data.response as Response
    expect(response.headers.get('Content-Type')).toBe('text/calendar; charset=utf-8')
    expect(await response.text()).toContain('SUMMARY:示例小区 五月议事协商会\r\n')
    await world.portal.objects.put(PNG)
    for (const route of [paper.loader, proof.loader, file.loader]) {
      expect((await world.get(route, '', 'nobody', params)).status).toBe(404)
    }
  })

  it('an owner signs in on the day, and nobody else', async () => {
    for (const who of ['nobody', 'manager', 'residents_committee'] as const) {
      expect((await world.post(signIn.action, '', who, {}, params)).status).toBe(who === 'nobody' ? 303 : 403)
    }
    expect((await world.post(signIn.action, '', 'owner', {}, params)).status).toBe(409)
    await world.moveTo(new Date('2025-04-20T10:00:00Z'))
    expect((await world.post(signIn.action, '', 'owner', {}, params)).status).toBe(303)
    expect(await world.get(signIn.loader, '', 'owner', params)).toMatchObject({ data: { isDone: true } })
    const page = await world.get(meeting.loader, '', 'nobody', params)
    expect(page.data).toMatchObject({ meeting: { signIns: { byQr: 1, byPaper: 0, byVoice: 0 } } })
    expect(JSON.stringify(page.data)).not.toContain(world.people.owner.userId)
  })
})
