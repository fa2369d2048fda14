package io.triport.storage.sql;

/**
 * Up to where changes are in the log of earlier states.
 *
 * @param number of the state @param salt of the round of SQLite's own log @param frame in that round, 0 for none
 */
record PastPosition(long number, long salt, int frame) {}
