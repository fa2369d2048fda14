package io.triport.storage.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.failure.StorageFailure;
import io.triport.domain.queue.DedupId;
import io.triport.domain.queue.OrderingKey;
import io.triport.domain.request.BodyType;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Delivery;
import io.triport.domain.request.MessageId;
import io.triport.domain.request.QueueName;
import io.triport.storage.queue.StoredMessage;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class EntryFormTest {
    private static final QueueName JOBS = new QueueName("jobs");
    private static final MessageId ID = new MessageId("0123456789abcdef0123456789abcdef");
    private static final Entry ENTRY = new Entry(
            Bytes.parseHex("00112233445566778899aabbccddeeff"),
            Entry.NO_MARK,
            List.of(
                    new Change.Put(message(BodyType.V8, Bytes.utf8("body"), OrderingKey.of("k\u00E9"))),
                    new Change.Put(message(BodyType.JSON, Bytes.EMPTY, OrderingKey.NONE)),
                    new Change.Refer(message(BodyType.TEXT, Bytes.EMPTY, OrderingKey.NONE), new BodyPlace(7, 8, 9)),
                    new Change.Turn(1, Long.MAX_VALUE, 3, 2),
                    new Change.Remove(Long.MIN_VALUE),
                    new Change.Clear(JOBS),
                    new Change.Remember(JOBS, DedupId.of("d".repeat(128)), ID, 5),
                    new Change.Forget(JOBS, DedupId.of("d")),
                    new Change.Count(JOBS, 25_000_000_000L, 1)));

    @Test
    void every_change_comes_back() {
        assertThat(EntryForm.parse(Bytes.copyOf(EntryForm.bytes(ENTRY)))).isEqualTo(ENTRY);
    }

    @Property(tries = 500)
    void what_is_altered_or_cut_is_another_entry_or_corrupt(@ForAll @IntRange(max = 10_000) int at, @ForAll byte with) {
        var bytes = EntryForm.bytes(ENTRY);
        bytes[at % bytes.length] ^= with;
        readOrCorrupt(bytes);
        readOrCorrupt(Arrays.copyOf(bytes, at % bytes.length));
    }

    @Property(tries = 200)
    void any_bytes_are_an_entry_or_corrupt(@ForAll @Size(max = 200) byte[] bytes) {
        readOrCorrupt(bytes);
    }

    @Test
    void another_form_is_not_guessed() {
        var bytes = EntryForm.bytes(ENTRY);
        bytes[0]++;

        assertThatThrownBy(() -> EntryForm.parse(Bytes.copyOf(bytes))).isInstanceOf(StorageFailure.Corrupt.class);
    }

    private static void readOrCorrupt(byte[] bytes) {
        try {
            assertThat(EntryForm.parse(Bytes.copyOf(bytes))).isNotNull();
        } catch (StorageFailure.Corrupt e) {
            assertThat(e).hasMessageContaining("no change of a queue");
        }
    }

    private static StoredMessage message(BodyType type, Bytes body, OrderingKey key) {
        var origin = new Delivery.Origin(new QueueName("first"), ID, Instant.ofEpochMilli(1));
        var delivery = new Delivery(ID, origin, type, body, Instant.ofEpochMilli(2), 3, "hmac:caf\u00E9");
        return new StoredMessage(4, JOBS, delivery, key, 5, 6, 7);
    }
}
