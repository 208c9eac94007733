/** The pure door of the search: kinds of texts, places in a list, parts of a found text. */
export {
  DETAIL_KINDS,
  formatPlace,
  isSearchKind,
  parsePlace,
  SEARCH_KINDS,
  type SearchKind,
  type SearchPlace,
} from './document.ts'
export { excerptOf, markedText, type TextPart } from './excerpt.ts'
export { parseSearch, type SearchTerms } from './grams.ts'
