/** English of `zh-cn/letter-paper.ts`. */
import type { Translation } from '../translation.ts'
import type { letterPaper as source } from '../zh-cn/letter-paper.ts'

export const letterPaper = {
  'letter.title': 'How to get your account',
  'letter.toOwner': 'To the owner',
  'letter.carrier':
    'Hand this to the owner in person. It holds a one-time code: do not open, copy or forward it.',
  'letter.foldBack': 'fold back along the dashes',
  'letter.foldFront': 'fold forward along the dashes and seal',
  'letter.heading': 'Your owner’s account, in a few minutes',
  'letter.step': '{number}. {text}',
  'letter.stepScan': 'Open the camera of your phone and point it at the square with your name.',
  'letter.stepProof.phone': 'Enter the last four digits of the phone number that the committee has of you.',
  'letter.stepProof.identity': 'Enter the last four characters of your identity number.',
  'letter.stepName':
    'Choose a name to sign in with and a password of 12 characters or more; a sentence will do.',
  'letter.stepDone': 'Done: see where the money goes, and vote, on your phone.',
  'letter.help':
    'Good until {until}. Lost, unreadable, or you would rather be shown: bring your identity card and get a new code.',
  'letter.helpAt': 'Find us: {place}',
  'letter.honest':
    'You need not. Without an account you still vote on paper and read the notice board. Nobody will ring you for this code.',
  'letter.slotFor': 'For {name}',
  'letter.erasedName': 'the owner',
  'letter.slotDesk':
    'The register lacks the number that is checked, so no code is printed here. Bring your identity card to the desk.',
  'letter.slotHasAccount': 'You have an account: just sign in.',
  'letter.qrAlt': 'QR code of the account for {name}',
  'letter.typed': 'If it cannot be scanned, open this address and type the code:',
  'letter.secret':
    'This sheet is a key: one code for one person, good once. Tear it up when you have used it.',
} as const satisfies Translation<typeof source>
