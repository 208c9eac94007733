/** The server door of tables: bytes of a file to its tables. */
export { type OpenedFile, openTableFile, readTextTable } from './read-tables.server.ts'
