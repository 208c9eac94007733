/** English of `zh-cn/sms.ts`. */
import type { Translation } from '../translation.ts'
import type { sms as source } from '../zh-cn/sms.ts'

export const sms = {
  link: 'Sign in by text message',
  passkey: 'Sign in with finger, face or passkey',
  passkeyLead: 'If you set up a passkey under “My account”, this is all you need: no name, no password.',
  signInTitle: 'Sign in by text message',
  signInLead: 'With a number that you set up for it under “My account”, six digits in a message sign you in.',
  signInContains: 'A number that was not set up gets no message.',
  phone: 'Mobile number',
  ask: 'Send the code',
  codeTitle: 'Enter the code',
  codeLead:
    'If the number was set up for it, six digits arrive within seconds; they are good for {minutes|minute|minutes}.',
  code: 'Six digits of the message',
  signIn: 'Sign in',
  again: 'Nothing arrived: another number, or once more',
  byPassword: 'Sign in with name and password',
  accountTab: 'Text message',
  accountTitle: 'Sign in by text message',
  accountLead:
    'Six digits in a message then stand for your password. An office still asks for the second factor.',
  accountNow: 'Set up: {phone}',
  accountNone: 'Not set up.',
  accountRemove: 'Stop signing in by message',
  accountAsk: 'Send a code to this phone',
  accountVerify: 'Set it up',
  accountDone: 'Signing in by message is set up.',
  accountChange: 'Another number',
  accountFresh: 'Give your second factor once more, and come back within ten minutes.',
  accountFreshLink: 'Give it',
  absent: 'No message service here: sign in with name and password.',
  text: '[Mingzhang] Your code is {code}, good for {minutes|minute|minutes}. Nobody will ring you for it.',
  'problem.phone-malformed': 'Enter a mobile number of 11 digits.',
  'problem.sms-code-wrong':
    'The code is wrong, late or used. You have three tries at one; otherwise send another.',
  'problem.not-fresh': 'Give your second factor once more first.',
  'problem.phone-taken': 'This number belongs to another account.',
  'problem.sms-too-many': 'Too many codes were sent to this number today. Try again tomorrow.',
  'problem.sign-in-refused': 'You are not signed in.',
  'problem.passkey-unknown':
    'This passkey was not set up here, or time ran out. Sign in with name and password.',
} as const satisfies Translation<typeof source>
