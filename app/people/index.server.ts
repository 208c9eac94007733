/** The server door of people: signing in and out, who is asking, invitations and offices; the owners' register. */
export {
  type AcceptRefusal,
  acceptInvite,
  acceptInviteAs,
  type InvitationProblem,
  type OpenInvitation,
  readOpenInvitation,
} from './accept-invite.server.ts'
export {
  type AddUserRefusal,
  addUser,
  disableUser,
  endOffice,
  listOfficeHolders,
  type NewUser,
  type OfficeHolder,
  readDisplayNames,
} from './add-user.server.ts'
export { type InviteRefusal, inviteFromConsole, inviteUser } from './invite-user.server.ts'
export { issueOwnerCode, type OwnerCode, type OwnerCodeRefusal } from './issue-owner-code.server.ts'
export { type PersonCard, readPersonCards, readPersonNames } from './person.server.ts'
export { actorOf, readActor, requireActor, startPathOf } from './read-actor.server.ts'
export { readPersonOf, readRegister, readUnitsOf, readUserOfPerson } from './read-register.server.ts'
export { openSealer, type Sealer } from './sealed.server.ts'
export { type SignedIn, type SignInRefusal, signIn, signOut } from './sign-in.server.ts'
