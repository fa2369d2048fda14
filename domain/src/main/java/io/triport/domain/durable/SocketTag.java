package io.triport.domain.durable;

import io.triport.domain.request.InvalidInput;

/** A word by which an object finds sockets again: 1 to 256 characters. */
public record SocketTag(String text) {
    private static final int MOST = 256;

    /** @throws InvalidInput outside the bounds */
    public SocketTag {
        if (text.isEmpty() || text.length() > MOST) {
            throw new InvalidInput("tag", "1.." + MOST + " characters");
        }
    }
}
