package io.triport.storage.shared;

import io.triport.storage.object.ObjectIndex;

/**
 * An index that several nodes change at once, with what they have written down of the bytes. A change of the one commits with what it
 * says of bytes in the other.
 */
public record SharedIndex(ObjectIndex rows, BytesLedger bytes) {}
