package io.triport.storage.durable;

import io.triport.domain.durable.ObjectOutbox;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.queue.DedupId;
import io.triport.domain.queue.Message;
import io.triport.domain.queue.Producer;
import io.triport.domain.queue.QueueLimits;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.QueueName;
import java.util.ArrayList;
import java.util.List;

/** What an event sends. Used by the event's thread alone. */
final class DraftOutbox implements ObjectOutbox {
    private static final int ID_BYTES = 16;

    private final Turn turn;
    private final Turns turns;
    private List<OutboxEntry> sent = new ArrayList<>();

    DraftOutbox(Turn turn, Turns turns) {
        this.turn = turn;
        this.turns = turns;
    }

    @Override
    public void sendAll(QueueName queue, List<Message> messages) {
        turn.requireWritable();
        QueueLimits.checkSend(messages);
        turns.outbox().requireTaking(queue);
        if (sent.size() + messages.size() > MOST) {
            throw new StorageFailure.LimitExceeded(
                    FailureCode.TOO_LARGE, "outbox: full (expected: at most " + MOST + " messages of one commit)");
        }
        messages.forEach(message -> sent.add(new OutboxEntry(0, queue, ours(message))));
    }

    List<OutboxEntry> sent() {
        return List.copyOf(sent);
    }

    void forget() {
        sent = new ArrayList<>();
    }

    /** What takes back all that comes after now. */
    Runnable mark() {
        var before = new ArrayList<>(sent);
        return () -> sent = before;
    }

    /** With a dedup id, by which a queue knows it again when the process dies between its delivery and the note of it. */
    private Message ours(Message message) {
        var address = turn.tenure().address();
        var from = message.from(Producer.shortened("object:" + address.type() + "/" + address.id()));
        return from.dedup().isNone()
                ? from.once(new DedupId(Bytes.copyOf(turns.randomness().bytes(ID_BYTES))))
                : from;
    }
}
