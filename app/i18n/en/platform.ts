/** Words of the server itself: its start, and requests refused before any page saw them, in English. */
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
  startBuilding: 'Building the pages (about half a minute the first time) …',
  startBuildFailed: 'The pages could not be built; the reason is above.',
  startDemoPartial:
    'The demo community was cut off while it was being made and is not whole. Stop, remove the directory {directory}, and start again.',
  startSeeding: 'The database is empty: seeding the demo community …',
  startSeededMonth: '{period} is on the books',
  startServing: 'Mingzhang is running: {address}',
  startDemo: 'Demo community: {address}',
  startSignIns:
    'Demo sign-ins (the password of all is {password}; for codes give the secret to an authenticator, or run npm run -s portal -- demo --code LOGIN):',
  startSignIn: '{login}: {name} (secret of the authenticator {secret})',
  startOwner: '{login}: {title} (owners sign in with the password alone)',
  startStopping: 'Stopping …',
  startStopped: 'Stopped.',
  startEmbedded:
    'On the embedded database: a power cut can lose its last moments. For real use set DATABASE_URL.',
  startPortInUse: 'Port {port} is in use by another program: stop that one, or set PORT to another number.',
  startDatabaseInUse: 'The embedded database is in use by another program: stop that one first.',
  startDatabaseFailed: 'The database could not be opened: {reason}',
  startKeyExposed:
    'The key {path} has too wide permissions: only the account that runs this program may read it. If nobody else has read it, run chmod go-rwx {path}',
} satisfies Translation<typeof source>
