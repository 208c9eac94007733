/** The door of the council's views: what its public pages and its office pages show. */
export {}
