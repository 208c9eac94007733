/** Words of signing in and of invitations, in English. */
import type { Translation } from '../translation.ts'
import type { people as source } from '../zh-cn/people.ts'

export const people = {
  signInTitle: 'Sign in',
  signInKicker: 'Office holders',
  signInLead:
    'For those who keep the books and release payments. Reading the books and verifying a statement need no sign-in.',
  signInContains:
    'Accounts come by invitation; nobody can register here. If you forgot your password, ask the person who invited you.',
  signInButton: 'Sign in',
  login: 'Login name',
  loginHint:
    '3 to 40 characters: lower-case letters, digits, dots, hyphens, underscores. Not a phone or identity number.',
  password: 'Password',
  passwordHint: 'At least 12 characters; the longer the better. A sentence you remember is fine.',
  passwordAgain: 'Password once more',
  alreadySignedIn: 'You are signed in as {name}.',
  signOutTitle: 'Sign out',
  signOutLead: 'Please sign out when you are done on a shared computer.',
  signOutButton: 'Sign out',
  signOutContains: 'Signing out affects this device only.',
  inviteKicker: 'Invitation',
  inviteTitle: 'Accept an invitation',
  inviteLead: '{community} asks you to serve as: {role}.',
  inviteFor: 'Invited: {name}',
  inviteButton: 'Create the account and sign in',
  inviteAcceptAs: 'Accept as {name}',
  inviteContains:
    'Your name and office are public beside what you do in office; your login name and password are not.',
  ownerInviteLead: '{community} invites you to make an owner’s account.',
  ownerInviteFor: 'Your unit: {name}',
  ownerInviteContains:
    'Your name, phone and identity number are never public; the account is for voting, your share and your questions.',
  inviteClosedTitle: 'This invitation can no longer be used',
  inviteClosedLink: 'Sign in',
  'problem.sign-in-refused': 'The login name or the password is wrong.',
  'problem.too-many-attempts': 'Too many attempts. Please try again in {minutes} {minutes|minute|minutes}.',
  'problem.login-malformed':
    'A login name has 3 to 40 characters: lower-case letters, digits, dots, hyphens, underscores; not a phone or identity number.',
  'problem.login-taken': 'This login name is taken. Please choose another.',
  'problem.name-missing': 'Please enter the name.',
  'problem.password-too-short': 'The password needs at least 12 characters.',
  'problem.password-too-long': 'The password is too long: at most 256 characters.',
  'problem.password-too-common':
    'This password is too easy to guess. Please choose another, such as an unusual sentence.',
  'problem.password-differs': 'The two passwords differ.',
  'problem.invitation-unknown': 'There is no such invitation. Please check that the link is complete.',
  'problem.invitation-expired':
    'The invitation has expired (it is valid for seven days). Please ask for a new one.',
  'problem.invitation-used': 'The invitation has been used. If it was you, please sign in.',
  'problem.invitation-replaced': 'A newer code has replaced this one. Please use the latest slip.',
  'problem.account-of-another-owner':
    'The account you are signed in with belongs to another owner. Sign out first, then use this code to make your own.',
  'problem.proof-wrong':
    'The four characters do not match. You have five tries in all; look again, or come to the desk.',
  'problem.claim-locked':
    'They were wrong five times: this code is void. Bring your identity card to the desk for a new one.',
  'problem.field-missing': 'Please fill this in.',
} satisfies Translation<typeof source>
