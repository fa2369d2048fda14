package io.triport.storage.nats;

import io.triport.domain.queue.DedupId;
import io.triport.domain.queue.OrderingKey;
import io.triport.domain.request.MessageId;
import io.triport.domain.request.QueueName;
import io.triport.storage.queue.StoredMessage;
import java.util.Comparator;

/** What is known of something that a queue keeps. */
sealed interface Row {
    /** The number of the stream's message in which it is written whole, so that earlier ones are not needed for it. */
    long entry();

    Name name();

    /** What of all rows is the same one. */
    sealed interface Name {}

    /** @param message without its body */
    record Waiting(StoredMessage message, BodyPlace body) implements Row {
        static final Comparator<Waiting> BY_READINESS = Comparator.<Waiting>comparingLong(
                        row -> row.message().readyAt())
                .thenComparingLong(Waiting::number);
        static final Comparator<Waiting> BY_END = Comparator.<Waiting>comparingLong(
                        row -> row.message().expiresAt())
                .thenComparingLong(Waiting::number);

        /** The name of a message. */
        record Place(long number) implements Name {}

        /** The messages of an ordering key. */
        record Line(QueueName queue, OrderingKey key) {}

        long number() {
            return message.number();
        }

        Line line() {
            return new Line(message.queue(), message.ordering());
        }

        @Override
        public long entry() {
            return body.entry();
        }

        @Override
        public Name name() {
            return new Place(number());
        }
    }

    /** A dedup id that stands for a message until its time ends. */
    record Sent(Once name, MessageId id, long until, long entry) implements Row {
        static final Comparator<Sent> BY_END = Comparator.comparingLong(Sent::until)
                .thenComparing(sent -> sent.name().queue().text())
                .thenComparing(sent -> sent.name().dedup().bytes());

        /** The name of a dedup id. */
        record Once(QueueName queue, DedupId dedup) implements Name {}
    }

    /** The counters of a queue. */
    record Counted(Counters name, long bytes, long dropped, long entry) implements Row {
        /** Their name. */
        record Counters(QueueName queue) implements Name {}
    }
}
