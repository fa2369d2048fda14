package io.triport.domain.durable;

import io.triport.domain.request.Bytes;

/** What an object is asked: a value, because the object may live on another node. @param operation a word of the object's own */
public record ObjectEvent(String operation, Bytes body) {
    public ObjectEvent(String operation) {
        this(operation, Bytes.EMPTY);
    }
}
