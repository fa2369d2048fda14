package io.triport.domain.durable;

import io.triport.domain.request.Bytes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The id of an object: 32 bytes that only its class can have made. Two ids are the same when their bytes are. */
public final class ObjectId {
    private final Bytes bytes;
    private final @Nullable ObjectName name;

    ObjectId(Bytes bytes, @Nullable ObjectName name) {
        this.bytes = bytes;
        this.name = name;
    }

    public Bytes bytes() {
        return bytes;
    }

    /** The name that the id was made of; empty where it was not, or is not known. */
    public Optional<ObjectName> name() {
        return Optional.ofNullable(name);
    }

    /** The same id with the name that was stored with its object. */
    public ObjectId named(ObjectName stored) {
        return new ObjectId(bytes, stored);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ObjectId that && bytes.equals(that.bytes);
    }

    @Override
    public int hashCode() {
        return bytes.hashCode();
    }

    /** 64 hexadecimal digits in lower case. */
    @Override
    public String toString() {
        return bytes.toHex();
    }
}
