/** What the forms of the office's page of oversight do, and their refusals in words at the field they concern. */
import type { Translate } from '#i18n'
import type { Result } from '#kernel'
import { type EntryRefusal, replyToEntry, writeEntry } from '#oversight/server'
import type { Action } from '#people'
import type { FieldError } from '#ui'
import { type Entered, textOf } from '../office/entered.ts'
import type { OfficeVisit } from '../office/visit.server.ts'

/** Everybody who may settle an entry may read; which entry is theirs to settle, the use case knows. */
const ACTIONS: Readonly<Record<string, Action>> = {
  comment: 'oversight:comment',
  finding: 'finding:make',
  answer: 'oversight:answer',
  settle: 'oversight:pack',
  insist: 'oversight:pack',
}

const REPLIES = ['answer', 'settle', 'insist'] as const

/** The permission that a pressed button asks for; a button that is none of ours is refused once it is known who pressed it. */
export function actionOf(intent: string): Action {
  return (Object.hasOwn(ACTIONS, intent) ? ACTIONS[intent] : undefined) ?? 'community:read-full'
}

/** Does what the form says. Throws 400 for no act of ours. */
export function writeIn(
  { portal, actor, community }: OfficeVisit,
  form: Entered,
): Promise<Result<unknown, EntryRefusal>> {
  const intent = textOf(form, 'intent')
  const words = textOf(form, 'words')
  if (intent === 'comment' || intent === 'finding') {
    return writeEntry(portal, actor, community, { kind: intent, about: textOf(form, 'about'), words })
  }
  const kind = REPLIES.find(each => each === intent)
  if (kind === undefined) throw new Response(null, { status: 400 })
  return replyToEntry(portal, actor, community, { entryId: textOf(form, 'entry'), kind, words })
}

const FIELDS: Readonly<Partial<Record<EntryRefusal['code'], string>>> = {
  'subject-unknown': 'about',
  'words-missing': 'words',
  'words-too-long': 'words',
  'words-private': 'words',
}

/** The refusal in words. A new code does not compile until it has its words. */
export function entryErrors(refusal: EntryRefusal, t: Translate): readonly FieldError[] {
  const field = FIELDS[refusal.code]
  return [{ ...(field === undefined ? {} : { field }), message: t(`oversight.problem.${refusal.code}`) }]
}
