/** Every page and every act of the officers' pages of votes, asked by every office and by nobody; and every form without its token. */
import { beforeAll, describe, expect, it } from 'vitest'
import { type Action, officesFor } from '#people'
import * as polls from '../../app/routes/c.$slug.office.polls._index.tsx'
import * as course from '../../app/routes/c.$slug.office.polls.$poll._index.tsx'
import * as announce from '../../app/routes/c.$slug.office.polls.$poll.announce.tsx'
import * as count from '../../app/routes/c.$slug.office.polls.$poll.count.tsx'
import * as desk from '../../app/routes/c.$slug.office.polls.$poll.desk._index.tsx'
import * as unit from '../../app/routes/c.$slug.office.polls.$poll.desk.$unit.tsx'
import * as documents from '../../app/routes/c.$slug.office.polls.$poll.documents.$sha.ts'
import * as edit from '../../app/routes/c.$slug.office.polls.$poll.edit.tsx'
import * as extend from '../../app/routes/c.$slug.office.polls.$poll.extend.tsx'
import * as objections from '../../app/routes/c.$slug.office.polls.$poll.objections.tsx'
import * as official from '../../app/routes/c.$slug.office.polls.$poll.official.tsx'
import * as papers from '../../app/routes/c.$slug.office.polls.$poll.papers._index.tsx'
import * as paper from '../../app/routes/c.$slug.office.polls.$poll.papers.$paper._index.tsx'
import * as paperScan from '../../app/routes/c.$slug.office.polls.$poll.papers.$paper.scan.ts'
import * as preview from '../../app/routes/c.$slug.office.polls.$poll.preview.tsx'
import * as print from '../../app/routes/c.$slug.office.polls.$poll.print._index.tsx'
import * as printed from '../../app/routes/c.$slug.office.polls.$poll.print.papers[.]pdf.ts'
import * as proxies from '../../app/routes/c.$slug.office.polls.$poll.proxies.tsx'
import * as turnout from '../../app/routes/c.$slug.office.polls.$poll.turnout.tsx'
import * as newPoll from '../../app/routes/c.$slug.office.polls.new.tsx'
import { describeOnOneDatabase } from '../support/database.ts'
import { type Fields, type Route, WHO, type Who } from './office-world.ts'
import { MOTION, openPollsWorld, openThrough, type PollsWorld, scan } from './polls-world.ts'

interface Page {
  readonly name: string
  readonly route: Route
  readonly params?: Record<string, string>
  readonly needs: Action
}

const U = '1栋-1单元-101'

const PAGES: readonly Page[] = [
  { name: 'list', route: polls.loader, needs: 'poll:read' },
  { name: 'new', route: newPoll.loader, needs: 'poll:draft' },
  { name: 'course', route: course.loader, needs: 'poll:read' },
  { name: 'edit', route: edit.loader, needs: 'poll:draft' },
  { name: 'preview', route: preview.loader, needs: 'poll:read' },
  { name: 'document', route: documents.loader, params: { sha: '0'.repeat(64) }, needs: 'poll:read' },
  { name: 'announce', route: announce.loader, needs: 'poll:announce' },
  { name: 'extend', route: extend.loader, needs: 'poll:announce' },
  { name: 'official result', route: official.loader, needs: 'poll:close' },
  { name: 'desk', route: desk.loader, needs: 'ballot:enter' },
  { name: 'unit', route: unit.loader, params: { unit: U }, needs: 'ballot:enter' },
  { name: 'papers', route: papers.loader, needs: 'ballot:enter' },
  { name: 'paper', route: paper.loader, params: { paper: '1' }, needs: 'ballot:enter' },
  { name: 'scan', route: paperScan.loader, params: { paper: '1' }, needs: 'ballot:enter' },
  { name: 'print', route: print.loader, needs: 'ballot:deliver' },
  { name: 'printed papers', route: printed.loader, needs: 'ballot:deliver' },
  { name: 'agents', route: proxies.loader, needs: 'proxy:register' },
  { name: 'objections', route: objections.loader, needs: 'objection:answer' },
  { name: 'turnout', route: turnout.loader, needs: 'ballot:enter' },
  { name: 'count', route: count.loader, needs: 'poll:read' },
]

const ACTS: readonly (Page & { readonly fields: Fields })[] = [
  { name: 'draft', route: newPoll.action, needs: 'poll:draft', fields: { ...MOTION, title: '' } },
  { name: 'revise', route: edit.action, needs: 'poll:draft', fields: { ...MOTION, revision: '1' } },
  {
    name: 'announce',
    route: announce.action,
    needs: 'poll:announce',
    fields: { confirms: 'yes', revision: '1' },
  },
  {
    name: 'extend',
    route: extend.action,
    needs: 'poll:announce',
    fields: { closesOn: '2026-03-01', closesHour: '09:00:00', decision: 'because' },
  },
  { name: 'open', route: course.action, needs: 'poll:announce', fields: { intent: 'open' } },
  { name: 'tally', route: course.action, needs: 'poll:close', fields: { intent: 'tally' } },
  { name: 'finalize', route: course.action, needs: 'poll:close', fields: { intent: 'finalize' } },
  { name: 'official result', route: official.action, needs: 'poll:close', fields: {} },
  {
    name: 'deliver',
    route: unit.action,
    params: { unit: U },
    needs: 'ballot:deliver',
    fields: { intent: 'deliver', method: 'handed', evidence: new File(['MZ'], 'x.exe') },
  },
  {
    name: 'enter',
    route: unit.action,
    params: { unit: U },
    needs: 'ballot:enter',
    fields: { intent: 'enter', scan: scan() },
  },
  {
    name: 'enter again',
    route: paper.action,
    params: { paper: '1' },
    needs: 'ballot:enter',
    fields: { intent: 'enter' },
  },
  ...['proxy', 'representative', 'transfer'].map(intent => ({
    name: `register a ${intent}`,
    route: proxies.action,
    needs: 'proxy:register' as const,
    fields: { intent, unit: U, from: 'nobody', to: 'nobody', document: scan() },
  })),
  {
    name: 'answer an objection',
    route: objections.action,
    needs: 'objection:answer',
    fields: { objection: 'none', isUpheld: 'no', answer: 'because' },
  },
  { name: 'seal', route: count.action, needs: 'poll:close', fields: { intent: 'seal' } },
  {
    name: 'sign as teller',
    route: count.action,
    needs: 'tally:sign-off',
    fields: { intent: 'sign', step: 'teller-1', seen: '0'.repeat(64) },
  },
  {
    name: 'sign as witness',
    route: count.action,
    needs: 'tally:witness',
    fields: { intent: 'sign', step: 'party-branch', seen: '0'.repeat(64) },
  },
  { name: 'post', route: count.action, needs: 'poll:close', fields: { intent: 'post', place: 'gate' } },
  { name: 'certify', route: count.action, needs: 'certificate:issue', fields: { intent: 'certify' } },
]

function isAllowed(who: Who, action: Action): boolean {
  const role = who === 'reviewer' ? 'bookkeeper' : who
  return role !== 'nobody' && officesFor(action).includes(role)
}

describeOnOneDatabase('the officers’ pages of votes', open => {
  let world: PollsWorld
  let poll: string
  beforeAll(async () => {
    world = await openPollsWorld(await open())
    poll = await openThrough(world)
  })

  describe.each(PAGES)('page $name', page => {
    it.each(WHO)('as %s', async who => {
      const answer = await world.get(page.route, '/polls', who, { poll, ...page.params })
      if (who === 'nobody') {
        expect(answer.status).toBe(303)
        expect(answer.location).toMatch(/^\/sign-in\?next=/)
      } else if (isAllowed(who, page.needs)) expect([200, 404]).toContain(answer.status)
      else expect(answer.status).toBe(403)
    })
  })

  describe.each(ACTS)('act $name', act => {
    it.each(WHO)('as %s', async who => {
      const answer = await world.post(act.route, '/polls', who, act.fields, { poll, ...act.params })
      if (who === 'nobody') expect([answer.status, answer.location]).toEqual([303, '/sign-in?'])
      else if (isAllowed(who, act.needs)) expect([404, 409, 422]).toContain(answer.status)
      else expect(answer.status).toBe(403)
    })

    it('without the form’s token', async () => {
      const who = WHO.find(each => isAllowed(each, act.needs))!
      const params = { poll, ...act.params }
      const answer = await world.post(act.route, '/polls', who, act.fields, params, { withoutToken: true })
      expect(answer.status).toBe(403)
      expect(answer.data.response).toBeInstanceOf(Response)
    })
  })

  it('remind only those who deliver, and only with the form’s token', async () => {
    for (const who of WHO) {
      if (who === 'nobody' || isAllowed(who, 'ballot:deliver')) continue
      expect((await world.post(turnout.action, '/polls', who, {}, { poll })).status).toBe(403)
    }
    const bare = await world.post(turnout.action, '/polls', 'teller', {}, { poll }, { withoutToken: true })
    expect(bare.status).toBe(403)
    expect((await world.post(turnout.action, '/polls', 'teller', {}, { poll })).status).toBe(303)
  })

  it('take no act that no button of theirs names', async () => {
    for (const route of [course.action, count.action, proxies.action] as const) {
      const answer = await world.post(route, '/polls', 'committee_chair', { intent: 'invent' }, { poll })
      expect(answer.status).toBe(400)
    }
    const onUnit = { poll, unit: U }
    expect((await world.post(unit.action, '/polls', 'teller', { intent: 'invent' }, onUnit)).status).toBe(400)
  })

  it.each(PAGES.filter(page => page.name !== 'list' && page.name !== 'new'))(
    'have no $name of a poll that is not',
    async page => {
      const who = WHO.find(each => isAllowed(each, page.needs))!
      const params = { poll: '0'.repeat(26), ...page.params }
      expect((await world.get(page.route, '/polls', who, params)).status).toBe(404)
    },
  )
})
