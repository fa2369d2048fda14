package io.triport.domain.durable;

import io.triport.domain.request.Bytes;

/**
 * An entry of a state, for whoever looks.
 *
 * @param size of the whole value, in bytes
 * @param beginning of the value, all of it where it is no longer than was asked for
 */
public record StateGlance(StateKey key, long size, Bytes beginning) {
    public boolean whole() {
        return beginning.size() == size;
    }
}
