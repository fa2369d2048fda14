package io.triport.domain.identity;

import io.triport.domain.request.Bytes;

/**
 * A thing that an action is done to.
 *
 * @param container the namespace, bucket or database, by its title
 * @param item the key within it, or what a listing begins with; empty for the container itself
 */
public record ResourceName(String container, Bytes item) {
    public static ResourceName container(String container) {
        return new ResourceName(container, Bytes.EMPTY);
    }
}
