/** Words for requests that were refused before any page saw them, in English. */
import type { Translation } from '../translation.ts'
import type { platform as source } from '../zh-cn/platform.ts'

export const platform = {
  refusedKicker: 'Request refused',
  refusedContains: 'Nothing was saved or changed.',
  'refused.foreign-form': 'This form was not sent from a page of this site',
  'refusedText.foreign-form':
    'It was refused so that no other site can act in your name. Please open the page on this site and fill it in again.',
  'refused.body-too-large': 'What you sent is too large',
  'refusedText.body-too-large':
    'Uploads may have 30 MB together, other forms 1 MB. Please send it in several parts.',
  'refused.method': 'This kind of request is not supported',
  'refusedText.method': 'This site opens pages and takes forms, nothing else.',
} satisfies Translation<typeof source>
