/** Texts of a small council for tests: seats, a notice, a finished section. */
import { EMPTY_SECTION, type NoticeInput, type Seat, type Section } from '#council'
import { civilDate } from '#kernel'

export function councilSeat(seatId: string, more: Partial<Seat> = {}): Seat {
  return {
    seatId,
    body: 'council',
    kind: 'other',
    organisation: `organisation ${seatId}`,
    office: '代表',
    holderName: `holder ${seatId}`,
    deputyName: null,
    userId: null,
    isVoting: true,
    termFrom: civilDate('2026-01-01'),
    termUntil: null,
    ...more,
  }
}

export function noticeInput(change: Partial<NoticeInput> = {}): NoticeInput {
  return {
    kind: 'council',
    title: '五月议事协商会',
    place: '党群服务站',
    startsAt: new Date('2026-05-20T11:30:00Z'),
    endsAt: new Date('2026-05-20T13:00:00Z'),
    quorum: 'more-than-half',
    agenda: [
      { no: 1, topicId: null, title: '电梯大修', source: 'request', minutes: 30 },
      { no: 2, topicId: null, title: '夜间停车', source: 'committee', minutes: 20 },
    ],
    papers: [],
    cancelledBecause: null,
    ...change,
  }
}

export function conclusion(text: string, more: Partial<Section> = {}): Section {
  return { ...EMPTY_SECTION, opinion: 'unanimous', conclusion: text, ...more }
}
