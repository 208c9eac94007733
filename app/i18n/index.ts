/** The door of i18n: texts by key, figures as people read them. Pages take `useT` and `useViewer` from the ui room. */
export {
  areaText,
  axisMoneyText,
  countText,
  dateText,
  dayText,
  instantText,
  moneyText,
  monthText,
  periodText,
  signedYuanText,
} from './figures.ts'
export {
  type MessageArguments,
  type MessageKey,
  type MessageValue,
  type Translate,
  translate,
  translateInParts,
} from './translate.ts'
export type { Lang, Translation } from './translation.ts'
