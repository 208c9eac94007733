/** The queries of votes: the course of a poll, its roll, its ballots and its results. */
export {}
