/** `npm run build`: builds the pages as `npm start` would, so that the start finds them made. Ends with 1 when that fails. */
import { buildPortal } from './build-portal.ts'

if (!(await buildPortal(() => {}))) process.exit(1)
