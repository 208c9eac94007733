/** The server door of people: signing in and out, who is asking, invitations and offices. */
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
export { actorOf, readActor, requireActor, startPathOf } from './read-actor.server.ts'
export { type SignedIn, type SignInRefusal, signIn, signOut } from './sign-in.server.ts'
