package io.triport.storage.durable;

/** What an event may do with the state. */
public enum Access {
    WRITE,
    READ
}
