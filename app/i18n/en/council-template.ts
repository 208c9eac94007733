/** English: templates of meetings and minutes. */
import type { Translation } from '../translation.ts'
import type { councilTemplate as source } from '../zh-cn/council-template.ts'

export const councilTemplate = {
  label: 'Begin with a template',
  'title.council': 'Council meeting',
  'title.owners-committee': 'Meeting of the owners’ committee',
  'title.assembly': 'Meeting of the owners’ assembly',
  'title.open-air': 'Open-air assembly',
  'agenda.followUp': 'What became of the last meeting’s action items',
  'agenda.newTopics': 'New topics',
  'agenda.other': 'Other business',
  'agenda.money': 'Income, spending and large payments of late',
  'agenda.report': 'Report',
  'agenda.vote': 'Matters put to the owners’ vote',
  'agenda.questions': 'Questions and answers',
  'heading.situation': 'Situation:',
  'heading.papers': 'Papers that were read:',
  'heading.before': 'What was done before:',
  'heading.authority': 'Authority given by the assembly:',
  'heading.cost': 'What it costs and who pays:',
  'heading.proposal': 'Proposal:',
  'heading.said': 'What residents said:',
  'opening.suggest': 'The meeting suggests',
  'opening.agree': 'All seats that were present agree',
  'opening.noOpinion': 'The meeting formed no opinion; it is divided over',
  'opening.wait': 'The next meeting goes on with this; until then',
  'opening.decide': 'The committee decides',
  'opening.spend': 'Spending is agreed up to',
  'opening.handToVote': 'By law this is for all owners: the committee drafts a motion by',
  'opening.explain': 'The matter was explained to owners; the count of the vote is what decides',
} as const satisfies Translation<typeof source>
