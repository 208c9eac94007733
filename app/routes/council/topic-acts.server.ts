/**
 * Where topics and what is beside them meet: a resident's request becomes a topic, a topic becomes a motion, and its steps are chosen
 * from what is there. Reads only.
 */
import { readTopic } from '#council/server'
import { fen, formatYuanPlain, isId } from '#kernel'
import { readChart } from '#ledger/server'
import type { EnteredMotion } from '#ui/desk'
import { readCase } from '#voice/server'
import { readPolls } from '#votes/server'
import type { OfficeVisit } from '../office/visit.server.ts'

const LONGEST_TITLE = 80

/** What a public case gives a new topic: where it comes from. Its words stay behind the link, where they can be hidden. */
export async function topicOfCase(
  { portal, community }: OfficeVisit,
  caseId: string,
): Promise<Readonly<Record<string, string>>> {
  const read = await readCase(portal, community, null, caseId)
  return read === null ? {} : { source: read.view.kind, reference: caseId }
}

/** True for the identifier of a case that is not public: a topic that names it would say that it is there. */
export async function isPrivateCase({ portal, community }: OfficeVisit, reference: string): Promise<boolean> {
  return isId(reference) && (await readCase(portal, community, null, reference)) === null
}

/** A motion begun from what minutes said of a topic last: title, words, clause and sum. The form stays as it is where there is no such topic. */
export async function motionOfTopic(
  { portal, community }: OfficeVisit,
  topicId: string | null,
  fresh: EnteredMotion,
): Promise<EnteredMotion> {
  const topic = topicId === null ? null : await readTopic(portal, community, topicId)
  if (topic === null) return fresh
  const item = topic.opinions.at(-1)?.item
  const title = [...topic.title].slice(0, LONGEST_TITLE).join('')
  const words = [topic.summary, item?.background ?? '', item?.conclusion ?? '']
  const [question] = fresh.questions
  return {
    ...fresh,
    title,
    summary: words.filter(text => text !== '').join('\n\n'),
    questions:
      question === undefined
        ? []
        : [{ ...question, title, clause: item?.vote == null ? '' : String(item.vote.clause) }],
    money:
      item?.money == null
        ? fresh.money
        : {
            ...fresh.money,
            amount: formatYuanPlain(fen(BigInt(item.money.amountFen))),
            projectText: item.conclusion.split('\n')[0] ?? '',
          },
  }
}

/** What a topic's next steps can point to: announced votes, newest first, and expense accounts. */
export async function linkChoices({ portal, community }: OfficeVisit) {
  const { accounts } = await readChart(portal.db, community.communityId)
  const polls = await readPolls(portal, community, null)
  return {
    vote: polls.map(({ pollId, title }) => ({ value: pollId, label: title })),
    budget: accounts
      .filter(account => account.type === 'expense')
      .map(({ code, nameZh }) => ({ value: code, label: `${code} ${nameZh}` })),
  }
}
