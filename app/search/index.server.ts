/** The server door of the search: keeping the index up with the log, and asking it. */
export { indexCommunities, indexCommunity } from './index-documents.server.ts'
export { type FoundText, searchCommunity } from './search-community.server.ts'
