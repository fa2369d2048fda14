package io.triport.storage.revocation;

import io.triport.domain.identity.CredentialId;
import io.triport.domain.identity.Issuer;
import io.triport.domain.identity.Revocation;
import io.triport.domain.identity.RevocationKey;
import io.triport.domain.identity.Subject;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Sha256;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A revocation as a row.
 *
 * @param name SHA-256 of the key: keys may be longer than an index takes
 * @param key the kind of the key and its parts, each with its length, so that no two keys have one form
 * @param notBeforeMillis since the epoch, {@link Long#MAX_VALUE} for whenever it was issued
 * @param keepUntilMillis since the epoch
 */
public record StoredRevocation(Bytes name, Bytes key, long notBeforeMillis, long keepUntilMillis) {
    /*
     * Kinds are numbers in stored rows: never change one, only add.
     */
    private static final int TOKEN = 1;
    private static final int SESSION = 2;
    private static final int CREDENTIAL = 3;
    private static final int HOLDER = 4;

    /** Moments within a millisecond are kept to its end: a row never covers less than was asked for. */
    static StoredRevocation of(Revocation revocation) {
        var key = encode(revocation.key());
        return new StoredRevocation(
                Sha256.of(key), key, millisAfter(revocation.notBefore()), millisAfter(revocation.keepUntil()));
    }

    /** What covers both of two rows of one name. */
    public static StoredRevocation widest(StoredRevocation one, StoredRevocation other) {
        return new StoredRevocation(
                one.name(),
                one.key(),
                Math.max(one.notBeforeMillis(), other.notBeforeMillis()),
                Math.max(one.keepUntilMillis(), other.keepUntilMillis()));
    }

    Revocation toRevocation() {
        return new Revocation(decode(key), moment(notBeforeMillis), moment(keepUntilMillis));
    }

    private static Bytes encode(RevocationKey key) {
        return switch (key) {
            case RevocationKey.Token(var issuer, var jti) -> joined(TOKEN, issuer.text(), jti);
            case RevocationKey.Session(var issuer, var sid) -> joined(SESSION, issuer.text(), sid);
            case RevocationKey.Credential(var credential) -> joined(CREDENTIAL, credential.text());
            case RevocationKey.Holder(var issuer, var subject) -> joined(HOLDER, issuer.text(), subject.text());
        };
    }

    private static RevocationKey decode(Bytes key) {
        var buffer = key.toByteBuffer();
        var kind = buffer.get();
        var parts = parts(buffer);
        return switch (kind) {
            case TOKEN -> new RevocationKey.Token(new Issuer(parts.get(0)), parts.get(1));
            case SESSION -> new RevocationKey.Session(new Issuer(parts.get(0)), parts.get(1));
            case CREDENTIAL -> new RevocationKey.Credential(new CredentialId(parts.get(0)));
            case HOLDER -> new RevocationKey.Holder(new Issuer(parts.get(0)), new Subject(parts.get(1)));
            default -> throw new IllegalStateException("kind of a revocation: " + kind + " (expected: 1..4)");
        };
    }

    private static Bytes joined(int kind, String... parts) {
        var joined = Bytes.copyOf(new byte[] {(byte) kind});
        for (var part : parts) {
            var bytes = Bytes.utf8(part);
            var length = ByteBuffer.allocate(Integer.BYTES).putInt(bytes.size()).flip();
            joined = joined.concat(Bytes.from(length)).concat(bytes);
        }
        return joined;
    }

    private static List<String> parts(ByteBuffer buffer) {
        var parts = new ArrayList<String>();
        while (buffer.hasRemaining()) {
            var length = buffer.getInt();
            parts.add(Bytes.from(buffer.slice(buffer.position(), length)).toUtf8());
            buffer.position(buffer.position() + length);
        }
        return parts;
    }

    private static long millisAfter(Instant moment) {
        try {
            return moment.equals(Instant.MAX)
                    ? Long.MAX_VALUE
                    : moment.plusNanos(999_999).toEpochMilli();
        } catch (ArithmeticException | DateTimeException e) {
            return moment.isBefore(Instant.EPOCH) ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    private static Instant moment(long millis) {
        return millis == Long.MAX_VALUE ? Instant.MAX : Instant.ofEpochMilli(millis);
    }
}
