package io.triport.domain.queue;

import io.triport.domain.request.InvalidInput;

/** Who sent a message, for people; grants nothing. At most 512 characters. */
public record Producer(String text) {
    public static final Producer UNKNOWN = new Producer("");

    private static final int MOST = 512;

    /** @throws InvalidInput above 512 characters */
    public Producer {
        if (text.length() > MOST) {
            throw new InvalidInput("producer", "0.." + MOST + " characters");
        }
    }

    /** The beginning of a longer text. */
    public static Producer shortened(String text) {
        var end = text.length() > MOST ? MOST : text.length();
        return new Producer(
                text.substring(0, end > 0 && Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end));
    }
}
