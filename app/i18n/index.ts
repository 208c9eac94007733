/** The door of i18n: texts by key, figures as people read them. Pages take `useT` and `useViewer` from the ui room. */
export { type BankProblemFacts, type BankProblemKey, bankProblemText } from './bank-problem.ts'
export {
  areaFigure,
  areaText,
  axisMoneyText,
  countText,
  dateText,
  dayText,
  instantText,
  moneyText,
  monthText,
  periodText,
  shortPeriodText,
  signedYuanText,
} from './figures.ts'
export { type RollProblemFacts, type RollProblemKey, rollProblemText } from './roll-problem.ts'
export {
  type MessageArguments,
  type MessageKey,
  type MessageValue,
  type Translate,
  translate,
  translateInParts,
} from './translate.ts'
export type { Lang, Translation } from './translation.ts'
