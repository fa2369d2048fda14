package io.triport.domain.durable;

import io.triport.domain.request.Bytes;

/** What an object answers. */
public record ObjectAnswer(Bytes body) {
    public static final ObjectAnswer EMPTY = new ObjectAnswer(Bytes.EMPTY);
}
