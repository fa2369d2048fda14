package io.triport.storage.nats;

/**
 * What a stream has.
 *
 * @param created which stream it is: another one of the same name was made at another time
 * @param first the number of its oldest entry; where there is none, of the next
 * @param last the number of its newest, or of the newest that it ever had; 0 where there was none
 */
record Extent(String created, long first, long last) {}
