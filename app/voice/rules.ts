/** Who may take which act, and what an act must bring with it. One table; the use cases ask it, pages show what it allows. Pure. */
import type { Action, Role } from '#people'
import type { Act } from './course.ts'

/** What an act may carry: `must` has to, `may` can, absent cannot. */
type Need = 'must' | 'may'

export interface ActRule {
  /** The asker, the answering seat, those who watch, any officer who handles requests, any resident (`owner` stands for tenants as well). */
  readonly by: 'asker' | 'seat' | 'watch' | 'handler' | 'owner'
  readonly needs: Action
  readonly text?: Need
  readonly documents?: Need
  /** A day by which, set by hand. */
  readonly dueOn?: Need
  /** One to five. */
  readonly stars?: Need
  /** Another case. */
  readonly into?: Need
  /** Which event's text. */
  readonly target?: Need
}

export const RULES: Readonly<Record<Exclude<Act, 'ask' | 'list'>, ActRule>> = {
  answer: { by: 'seat', needs: 'challenge:answer', text: 'must', documents: 'may' },
  prove: { by: 'asker', needs: 'voice:ask', text: 'may' },
  doubt: { by: 'asker', needs: 'voice:ask', text: 'must' },
  order: { by: 'watch', needs: 'supervision:order', text: 'must', dueOn: 'must' },
  report: { by: 'seat', needs: 'challenge:answer', text: 'must', documents: 'may' },
  refer: { by: 'watch', needs: 'supervision:order', text: 'must' },
  settle: { by: 'watch', needs: 'supervision:order', text: 'must' },
  lapse: { by: 'watch', needs: 'supervision:order', text: 'may' },
  take: { by: 'handler', needs: 'request:handle', text: 'may' },
  reply: { by: 'handler', needs: 'request:handle', text: 'must', documents: 'may' },
  rate: { by: 'asker', needs: 'request:list', text: 'may', stars: 'must' },
  reopen: { by: 'asker', needs: 'request:list', text: 'must' },
  merge: { by: 'handler', needs: 'request:handle', text: 'may', into: 'must' },
  withdraw: { by: 'asker', needs: 'request:list', text: 'may' },
  support: { by: 'owner', needs: 'request:list' },
  hide: { by: 'watch', needs: 'voice:hide', text: 'must', target: 'must' },
  show: { by: 'watch', needs: 'voice:hide', text: 'must', target: 'must' },
}

export const LONGEST_TEXT = 1000
export const LONGEST_PLACE = 80
/** Documents of one act. */
export const MOST_DOCUMENTS = 6
/** Cases that one person may open within a day: nobody floods the list. */
export const MOST_CASES_A_DAY = 10

/** Documents that one person may upload within a day: nobody fills the store. */
export const MOST_UPLOADS_A_DAY = 40

/** The office somebody acts in: the first of the act's that is held here. */
export function officeOf(held: readonly Role[], wanted: readonly Role[]): Role | null {
  return wanted.find(role => held.includes(role)) ?? null
}
