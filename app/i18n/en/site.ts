/** Words of every page, in English. */
import type { Translation } from '../translation.ts'
import type { site as source } from '../zh-cn/site.ts'

export const site = {
  name: 'Mingzhang',
  tagline: 'Every payment in plain sight',
  skipToContent: 'Skip to main content',
  mainMenu: 'Main menu',
  breadcrumb: 'You are here',
  toEnglish: 'English',
  toChinese: '中文',
  toElder: 'Large type',
  toStandard: 'Standard type',
  readingLinks: 'Language and type size',
  notContainedTitle: 'What this page does not contain',
  notContainedNothing: 'Nothing has been left out.',
  verifyTitle: 'Do not trust this website? Check it yourself.',
  verifyText:
    'Every figure can be recomputed from the records you can download; every fund statement can be verified offline.',
  verifyLink: 'Verify a fund statement',
  sourceLink: 'Source code of this program',
  timezone: 'Dates and times are China Standard Time. Amounts are in yuan (CNY).',
  printedFrom: 'Printed from',
  error403Title: 'You may not see this page',
  error403Text: 'Please sign in, or use an account that has permission. The published books need no sign-in.',
  error404Title: 'This page was not found',
  error404Text: 'The address may have a typing error. If it is from paper, check every hyphen and digit.',
  error500Title: 'Something went wrong on our side',
  error500Text:
    'It is not your fault and the books are not affected. Please try again in a few minutes; if it goes on, tell the property company or the owners’ committee.',
  errorOtherTitle: 'This request could not be completed',
  errorOtherText: 'Please go back, check what you entered and try again.',
  errorReference: 'Error number: {status}',
  errorContains: 'This page only explains; it contains no accounts.',
  errorHome: 'Back to the home page',
} satisfies Translation<typeof source>
