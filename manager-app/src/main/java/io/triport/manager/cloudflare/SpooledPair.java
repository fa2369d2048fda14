package io.triport.manager.cloudflare;

import io.triport.domain.keyvalue.Expiry;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.KvMetadata;
import io.triport.domain.keyvalue.KvPair;
import io.triport.domain.keyvalue.KvVersion;
import io.triport.domain.request.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A pair of a bulk write that has been checked, as it waits to be stored: first what belongs to its value, then the value's bytes. */
record SpooledPair(KvKey key, KvMetadata metadata, Expiry expiry, List<Bytes> value) {
    private static final int NEVER = 0;
    private static final int AT = 1;
    private static final int AFTER = 2;

    SpooledPair {
        value = List.copyOf(value);
    }

    int valueBytes() {
        return value.stream().mapToInt(Bytes::size).sum();
    }

    List<Bytes> pieces() {
        var pieces = new ArrayList<Bytes>(value.size() + 1);
        pieces.add(head());
        pieces.addAll(value);
        return pieces;
    }

    private Bytes head() {
        var head = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(head)) {
            write(out, key.bytes());
            write(out, metadata.json());
            switch (expiry) {
                case Expiry.Never never -> write(out, NEVER, 0);
                case Expiry.At(var moment) -> write(out, AT, moment.getEpochSecond());
                case Expiry.After(var lifetime) -> write(out, AFTER, lifetime.toSeconds());
            }
            out.writeInt(valueBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Bytes.copyOf(head.toByteArray());
    }

    private static void write(DataOutputStream out, Bytes bytes) throws IOException {
        out.writeShort(bytes.size());
        out.write(bytes.toByteArray());
    }

    private static void write(DataOutputStream out, int kind, long seconds) throws IOException {
        out.writeByte(kind);
        out.writeLong(seconds);
    }

    /** The next one of those that were written behind each other. */
    static KvPair read(DataInputStream in) throws IOException {
        var key = new KvKey(bytes(in, in.readUnsignedShort()));
        var metadata = new KvMetadata(bytes(in, in.readUnsignedShort()));
        var expiry = expiry(in.readUnsignedByte(), in.readLong());
        return new KvPair(key, new KvEntry(bytes(in, in.readInt()), metadata, expiry, KvVersion.NONE));
    }

    private static Bytes bytes(DataInputStream in, int size) throws IOException {
        var array = new byte[size];
        in.readFully(array);
        return Bytes.from(ByteBuffer.wrap(array));
    }

    private static Expiry expiry(int kind, long seconds) throws IOException {
        return switch (kind) {
            case NEVER -> Expiry.NEVER;
            case AT -> Expiry.at(Instant.ofEpochSecond(seconds));
            case AFTER -> Expiry.after(Duration.ofSeconds(seconds));
            default -> throw new IOException("expiry: " + kind + " (expected: 0..2)");
        };
    }
}
