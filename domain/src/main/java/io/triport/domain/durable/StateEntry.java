package io.triport.domain.durable;

import io.triport.domain.request.Bytes;

/** A part of an object's state. */
public record StateEntry(StateKey key, Bytes value) {}
