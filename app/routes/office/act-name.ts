/** By which permission a form acts, where its page is open to more than may do what its buttons do: for the trace it leaves. Pure. */
import type { Action } from '#people'
import type { Pressed } from '#platform'

/** What a button of an office's page needs. */
const BY_BUTTON: Readonly<Record<string, Action>> = {
  withdraw: 'voucher:draft',
  'public-copy': 'voucher:draft',
  'note-marks': 'voucher:draft',
  declare: 'relation:declare',
  answer: 'signal:answer',
  review: 'emergency:review',
  confirmed: 'controls:confirm',
  refused: 'controls:confirm',
  withdrawn: 'controls:propose',
}

/** What taking or refusing a step on a payment needs. */
const BY_STEP: Readonly<Record<string, Action>> = {
  review: 'voucher:review',
  release_company: 'payment:release-company',
  release_committee: 'payment:release-committee',
  release_chair: 'payment:release-chair',
}

/** What an act on a resident's case needs. */
const BY_ACT: Readonly<Record<string, Action>> = {
  answer: 'challenge:answer',
  report: 'challenge:answer',
  order: 'supervision:order',
  refer: 'supervision:order',
  settle: 'supervision:order',
  lapse: 'supervision:order',
  take: 'request:handle',
  reply: 'request:handle',
  merge: 'request:handle',
  hide: 'voice:hide',
  show: 'voice:hide',
}

const named = (names: Readonly<Record<string, Action>>, name: string | undefined) =>
  name !== undefined && Object.hasOwn(names, name) ? names[name] : undefined

/** The permission of what was pressed on a page that is open by `entered`; that one where the page is for one thing only. */
export function actionPressed(entered: Action, pressed: Pressed): Action {
  if (entered === 'voice:read') return named(BY_ACT, pressed.act) ?? entered
  if (entered !== 'community:read-full') return entered
  return named(BY_STEP, pressed.step) ?? named(BY_BUTTON, pressed.intent) ?? entered
}
