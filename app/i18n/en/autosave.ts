/** English: words of the forms that save by themselves. */
import type { Translation } from '../translation.ts'
import type { autosave as source } from '../zh-cn/autosave.ts'

export const autosave = {
  ready: 'Saved by itself while you write',
  keys: 'Press Ctrl+S (⌘S on a Mac) to save at any time. What could not be saved stays on this device, also when the battery dies.',
  unsaved: 'Not saved yet: pause, and it is',
  saving: 'Saving…',
  saved: 'Saved {time}',
  offline: 'No network: the text stays on this device until there is one',
  refused: 'Not saved yet: {problem}',
  conflicted: 'Somebody else saved too: put both together, then press “Save”',
  conflictBy: 'Also writing on this topic:',
  draft: 'On this device there is text that was not saved, written at',
  restore: 'Put it into the form',
  discard: 'Drop it',
} as const satisfies Translation<typeof source>
