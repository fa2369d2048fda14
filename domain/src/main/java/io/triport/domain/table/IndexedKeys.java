package io.triport.domain.table;

/**
 * What a catalogue has found when it was brought in step.
 *
 * @param keys live ones
 * @param added rows of keys that it had not known
 * @param gone rows of keys that were not there any more
 */
public record IndexedKeys(long keys, long added, long gone) {}
