package io.triport.storage.queue;

import io.triport.domain.cursor.Cursor;
import io.triport.domain.cursor.CursorScope;
import io.triport.domain.cursor.CursorSeal;
import io.triport.domain.cursor.StoragePort;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.queue.LeaseId;
import io.triport.domain.queue.MessageRef;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.QueueName;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;

/** Makes the ids of leases and the refs of messages of one queue, and opens only those. */
final class LeaseSeal {
    private static final Bytes LEASE = Bytes.utf8("lease");
    private static final Bytes REF = Bytes.utf8("ref");

    private final CursorSeal seal;
    private final CursorScope scope;
    private final CursorScope refs;

    LeaseSeal(CursorSeal seal, QueueName queue) {
        this.seal = seal;
        this.scope = new CursorScope(StoragePort.QUEUE, queue.text(), LEASE);
        this.refs = new CursorScope(StoragePort.QUEUE, queue.text(), REF);
    }

    /** One delivery of one message. */
    record Opened(long number, int delivery) {}

    LeaseId seal(StoredMessage message) {
        var bytes = ByteBuffer.allocate(Long.BYTES + Integer.BYTES)
                .putLong(message.number())
                .putInt(message.lease())
                .flip();
        return new LeaseId(seal.seal(scope, Bytes.from(bytes)).text());
    }

    /** Empty for what is no lease of this queue, was altered, or is older than 24 hours. */
    Optional<Opened> open(LeaseId lease) {
        try {
            var bytes = seal.open(scope, new Cursor(lease.text())).toByteBuffer();
            return Optional.of(new Opened(bytes.getLong(), bytes.getInt()));
        } catch (StorageFailure.Rejected e) {
            return Optional.empty();
        }
    }

    MessageRef ref(StoredMessage message) {
        var bytes = ByteBuffer.allocate(Long.BYTES).putLong(message.number()).flip();
        return new MessageRef(seal.seal(refs, Bytes.from(bytes)).text());
    }

    /** The number of a message; empty as {@link #open}. */
    OptionalLong open(MessageRef ref) {
        try {
            return OptionalLong.of(
                    seal.open(refs, new Cursor(ref.text())).toByteBuffer().getLong());
        } catch (StorageFailure.Rejected e) {
            return OptionalLong.empty();
        }
    }
}
